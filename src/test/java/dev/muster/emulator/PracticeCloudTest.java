package dev.muster.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.emulator.keys.KeyLayouts.SequentialKeys;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;

class PracticeCloudTest {
    private static final Estate ESTATE = Estate.of(PracticeBucket.of("many", new SequentialKeys(100_000)));

    @Test
    void closingItEndsItsThreadsEvenWhileRequestsHang() {
        PracticeCloud cloud = PracticeCloud.start(ESTATE);
        cloud.faults().set(FaultProfile.NONE.withHangRate(1));
        try (S3AsyncClient s3 = Clients.s3(cloud, ESTATE.management())) {
            CompletableFuture<?> hanging = s3.listObjectsV2(request -> request.bucket("many"));
            Awaitility.await().until(() -> cloud.counts().of("ListObjectsV2") == 1);
            cloud.close();
            assertThatThrownBy(hanging::join).isNotNull();
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> name.startsWith("practice-cloud")));
    }

    @Test
    void aTakenPortIsSaidInOneLine() {
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE)) {
            assertThatThrownBy(
                            () -> PracticeCloud.start(ESTATE, cloud.endpoint().getPort()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void fiveHundredRequestsWaitAtOnce() {
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE);
                S3AsyncClient s3 = wide(cloud)) {
            cloud.faults().set(FaultProfile.NONE.withHangRate(1));
            List<CompletableFuture<ListObjectsV2Response>> hanging = IntStream.range(0, 500)
                    .mapToObj(i -> s3.listObjectsV2(request -> request.bucket("many")))
                    .toList();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> cloud.counts().total() == 500);
            assertThat(hanging).noneMatch(CompletableFuture::isDone);
            assertThat(cloud.counts().byOperation()).containsOnlyKeys("ListObjectsV2");
        }
    }

    @Test
    void throttlingIsSaidTheWayS3SaysIt() {
        try (PracticeCloud cloud = PracticeCloud.start(ESTATE);
                S3AsyncClient s3 = Clients.s3(cloud, ESTATE.management())) {
            cloud.faults().set(FaultProfile.NONE.withRateLimit(0.001, 1));
            s3.listObjectsV2(request -> request.bucket("many").maxKeys(1)).join();
            assertThatThrownBy(() ->
                            s3.listObjectsV2(request -> request.bucket("many")).join())
                    .cause()
                    .isInstanceOfSatisfying(S3Exception.class, error -> {
                        assertThat(error.statusCode()).isEqualTo(503);
                        assertThat(error.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                    });
        }
    }

    @Test
    void theDemoEstateHasWhatBreaksNaiveTools() {
        Estate demo = Estate.demo();
        assertThat(demo.accounts()).hasSize(4);
        try (PracticeCloud cloud = PracticeCloud.start(demo);
                S3AsyncClient s3 = Clients.s3(cloud, demo.account("333333333333"))) {
            assertThat(s3.listObjectsV2(request ->
                                    request.bucket("acme-awkward-names").encodingType("url"))
                            .join()
                            .contents())
                    .anyMatch(object -> object.key().contains("\n"));
            assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket("acme-legal-hold"))
                            .join())
                    .hasMessageContaining("Access Denied");
        }
    }

    private static S3AsyncClient wide(PracticeCloud cloud) {
        return S3AsyncClient.builder()
                .endpointOverride(cloud.endpoint())
                .region(Region.of(Estate.REGION))
                .credentialsProvider(Clients.credentials(ESTATE.management()))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(512))
                .build();
    }
}
