package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.AwsSettings.AccessKeys;
import dev.muster.aws.AwsSettings.Timeouts;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import dev.muster.emulator.s3.S3Deviation;
import dev.muster.store.KeyValueStore;
import dev.muster.store.S3KeyValueStore;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class S3RunRepositoryTest extends RunRepositoryTest {
    private PracticeCloud cloud;
    private AwsClients clients;

    @BeforeEach
    void begin() {
        Estate estate = Estate.of(PracticeBucket.of("state"));
        cloud = PracticeCloud.start(estate);
        clients = new AwsClients(new AwsSettings(
                Optional.empty(),
                Optional.of(new AccessKeys(
                        estate.management().accessKeyId(), estate.management().secretAccessKey(), Optional.empty())),
                Optional.of(Estate.REGION),
                Optional.of(cloud.endpoint()),
                Map.of(),
                true,
                false,
                Timeouts.DEFAULT,
                4));
    }

    @AfterEach
    void end() {
        clients.close();
        cloud.close();
    }

    @Override
    protected S3KeyValueStore store() {
        return new S3KeyValueStore(clients, "state", "muster/runs");
    }

    @Test
    void aServerThatIgnoresConditionsIsRefusedInOneLine() {
        cloud.s3Deviations(S3Deviation.IGNORES_CONDITIONS);

        assertThatThrownBy(() -> store().probe())
                .hasMessageContaining("s3://state/muster/runs/")
                .hasMessageContaining("If-None-Match: * is ignored")
                .hasMessageNotContaining("\n");
    }

    @Test
    void aServerThatTakesTagsWithoutQuotesOnlyKeepsRuns() throws Exception {
        cloud.s3Deviations(S3Deviation.REFUSES_QUOTED_IF_MATCH);
        S3KeyValueStore store = store();
        store.probe();

        String tag = store.write("toy-1.run", new byte[] {1}, Optional.empty());
        store.write("toy-1.run", new byte[] {2}, Optional.of(tag));

        assertThat(store.read("toy-1.run").orElseThrow().content()).containsExactly(2);
        assertThatThrownBy(() -> store.write("toy-1.run", new byte[] {3}, Optional.of(tag)))
                .isInstanceOf(KeyValueStore.ConflictException.class);
    }

    @Test
    void onlyWhatIsUnderItsPrefixIsListed() throws Exception {
        S3KeyValueStore store = store();
        store.write("toy-1.run", new byte[] {1}, Optional.empty());
        new S3KeyValueStore(clients, "state", "muster/runs/deeper").write("toy-2.run", new byte[1], Optional.empty());
        new S3KeyValueStore(clients, "state", "muster").write("toy-3.run", new byte[1], Optional.empty());

        assertThat(store.list()).containsExactly("toy-1.run");
        assertThatThrownBy(() -> new S3KeyValueStore(clients, "state", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
