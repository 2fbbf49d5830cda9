package dev.muster.aws;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The connection pools behind the clients. Blocking sockets cost the least CPU per page listed and start fastest; the
 * asynchronous client is for jobs that keep many long polls open. Thread-safe.
 */
final class HttpClients implements AutoCloseable {
    private final Lazy<SdkHttpClient> blocking;
    private final Lazy<SdkAsyncHttpClient> asynchronous;
    /** Our own, as the client takes two seconds to end its. */
    private final Lazy<EventLoopGroup> eventLoops =
            new Lazy<>(() -> new NioEventLoopGroup(new DefaultThreadFactory("aws-http", true)));

    /** So long after the last of them, what is told to closed connections is still heard, and Netty has nothing to log. */
    private static final long QUIET_MILLIS = 200;

    private static final long CLOSE_MILLIS = 2000;

    HttpClients(AwsSettings settings) {
        Timeouts timeouts = settings.timeouts();
        blocking = new Lazy<>(() -> ApacheHttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(timeouts.connect())
                .socketTimeout(timeouts.read())
                .connectionAcquisitionTimeout(timeouts.request())
                .build());
        asynchronous = new Lazy<>(() -> NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(SdkEventLoopGroup.create(eventLoops.get(), NioSocketChannel::new))
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
        eventLoops.ifMade(group -> group.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS, MILLISECONDS));
    }
}
