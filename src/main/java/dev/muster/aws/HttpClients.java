package dev.muster.aws;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.RoutedHttpClient.RoutedAsyncHttpClient;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * Connection pools of the clients, with the proxies and certificate authorities that the environment names. Blocking
 * sockets cost the least CPU per page listed and start fastest; the asynchronous client is for jobs that keep many long
 * polls open. Thread-safe.
 */
final class HttpClients implements AutoCloseable {
    private final AwsSettings settings;
    private final ProxyVariables proxies;
    private final Optional<TlsTrustManagersProvider> authorities;
    private final Lazy<SdkHttpClient> blocking;
    private final Lazy<SdkAsyncHttpClient> asynchronous;
    /** A group of our own, as the client takes two seconds to shut down its own. */
    private final Lazy<EventLoopGroup> eventLoops =
            new Lazy<>(() -> new NioEventLoopGroup(new DefaultThreadFactory("aws-http", true)));

    /**
     * Time for which event loops go on after the last connection, so that late events of closed connections cause no
     * log messages.
     */
    private static final long QUIET_MILLIS = 200;

    private static final long CLOSE_MILLIS = 2000;

    /** @throws AwsSettingsException if the environment names a proxy or a file of certificates that cannot be used */
    HttpClients(AwsSettings settings) {
        this.settings = settings;
        proxies = ProxyVariables.of(settings.environment());
        authorities = settings.needsTls() ? TrustedAuthorities.of(settings) : Optional.empty();
        blocking = new Lazy<>(() -> new RoutedHttpClient(proxies, this::apache));
        asynchronous = new Lazy<>(() -> new RoutedAsyncHttpClient(proxies, this::netty));
    }

    SdkHttpClient blocking() {
        return blocking.get();
    }

    SdkAsyncHttpClient asynchronous() {
        return asynchronous.get();
    }

    /** Java's own proxy properties count if no variable names a proxy. */
    private SdkHttpClient apache(RoutedHttpClient.Route route) {
        var configuration = software.amazon.awssdk.http.apache.ProxyConfiguration.builder()
                .useEnvironmentVariableValues(false)
                .useSystemPropertyValues(proxies.servers().findAny().isEmpty());
        route.proxy().ifPresent(server -> configuration
                .endpoint(URI.create(server.toString()))
                .username(server.user().orElse(null))
                .password(server.password().orElse(null))
                .preemptiveBasicAuthenticationEnabled(server.user().isPresent()));
        ApacheHttpClient.Builder builder = ApacheHttpClient.builder();
        authorities.ifPresent(builder::tlsTrustManagersProvider);
        return builder.maxConnections(settings.maxConnections())
                .connectionTimeout(settings.timeouts().connect())
                .socketTimeout(settings.timeouts().read().multipliedBy(route.patience()))
                .connectionAcquisitionTimeout(settings.timeouts().request())
                .proxyConfiguration(configuration.build())
                .build();
    }

    private SdkAsyncHttpClient netty(RoutedHttpClient.Route route) {
        var configuration = software.amazon.awssdk.http.nio.netty.ProxyConfiguration.builder()
                .useEnvironmentVariableValues(false)
                .useSystemPropertyValues(proxies.servers().findAny().isEmpty());
        route.proxy().ifPresent(server -> configuration
                .scheme(server.scheme())
                .host(server.host())
                .port(server.port())
                .username(server.user().orElse(null))
                .password(server.password().orElse(null)));
        NettyNioAsyncHttpClient.Builder builder = NettyNioAsyncHttpClient.builder();
        authorities.ifPresent(builder::tlsTrustManagersProvider);
        return builder.eventLoopGroup(SdkEventLoopGroup.create(eventLoops.get(), NioSocketChannel::new))
                .maxConcurrency(settings.maxConnections())
                .connectionTimeout(settings.timeouts().connect())
                .readTimeout(settings.timeouts().read().multipliedBy(route.patience()))
                .connectionAcquisitionTimeout(settings.timeouts().request())
                .proxyConfiguration(configuration.build())
                .build();
    }

    @Override
    public void close() {
        blocking.ifMade(SdkHttpClient::close);
        asynchronous.ifMade(SdkAsyncHttpClient::close);
        eventLoops.ifMade(group -> group.shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, MILLISECONDS)
                .awaitUninterruptibly(CLOSE_MILLIS, MILLISECONDS));
    }
}
