package dev.muster.foreign;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A moto server in a process of its own, on loopback: S3, SQS, STS and more of AWS, as Python programmers test against. */
final class MotoServer implements AutoCloseable {
    private static final Region REGION = Region.US_EAST_1;
    private static final AwsBasicCredentials KEYS = AwsBasicCredentials.create("AKIAFOREIGNFOREIGN00", "foreign");

    private final int port;
    private final Process process;
    private final S3Client s3;
    private final SqsClient sqs;

    /** Starts it, and waits until it answers. */
    MotoServer(Path log) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        process = new ProcessBuilder("moto_server", "-H", "127.0.0.1", "-p", Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        await().atMost(Duration.ofSeconds(60)).until(this::answers);
        s3 = S3Client.builder()
                .endpointOverride(endpoint())
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(KEYS))
                .httpClient(ApacheHttpClient.create())
                .forcePathStyle(true)
                .build();
        sqs = SqsClient.builder()
                .endpointOverride(endpoint())
                .region(REGION)
                .credentialsProvider(StaticCredentialsProvider.create(KEYS))
                .httpClient(ApacheHttpClient.create())
                .build();
    }

    /** Tells whether this machine has the server. */
    static boolean installed() {
        try {
            Process version = new ProcessBuilder("moto_server", "--help")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return version.waitFor(60, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    S3Client s3() {
        return s3;
    }

    SqsClient sqs() {
        return sqs;
    }

    /** Options by which a command finds it. */
    List<String> options() {
        return List.of(
                "--endpoint-url=" + endpoint(),
                "--region=" + REGION,
                "--keyid=" + KEYS.accessKeyId(),
                "--secret=" + KEYS.secretAccessKey());
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private boolean answers() {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        s3.close();
        sqs.close();
        process.destroy();
    }
}
