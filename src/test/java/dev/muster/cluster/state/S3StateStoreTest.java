package dev.muster.cluster.state;

import dev.muster.aws.AccessKeys;
import dev.muster.aws.AwsClients;
import dev.muster.aws.AwsSettings;
import dev.muster.aws.Timeouts;
import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeBucket;
import dev.muster.emulator.PracticeCloud;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class S3StateStoreTest extends RunRepositoryTest {
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
    StateStore store() {
        return new S3StateStore(clients.s3(clients.home()), clients, "state", "muster/runs");
    }
}
