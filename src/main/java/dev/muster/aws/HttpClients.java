package dev.muster.aws;

import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/**
 * The connection pools behind the clients. Blocking sockets cost the least CPU per page listed and start fastest; the
 * asynchronous client is for jobs that keep many long polls open. Thread-safe.
 */
final class HttpClients implements AutoCloseable {
    private final Lazy<SdkHttpClient> blocking;
    private final Lazy<SdkAsyncHttpClient> asynchronous;

    HttpClients(AwsSettings settings) {
        Timeouts timeouts = settings.timeouts();
        blocking = new Lazy<>(() -> ApacheHttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.read())
                .connectionAcquisitionTimeout(timeouts.request())
                .build());
        asynchronous = new Lazy<>(() -> NettyNioAsyncHttpClient.builder()
                .maxConcurrency(settings.maxConnections())
                .connectionTimeout(timeouts.connect())
                .readTimeout(timeouts.read())
                .connectionAcquisitionTimeout(timeouts.request())
                .build());
    }

    SdkHttpClient blocking() {
        return blocking.get();
    }

    SdkAsyncHttpClient asynchronous() {
        return asynchronous.get();
    }

    @Override
    public void close() {
        blocking.ifMade(SdkHttpClient::close);
        asynchronous.ifMade(SdkAsyncHttpClient::close);
    }
}
