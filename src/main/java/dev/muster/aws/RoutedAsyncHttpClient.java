package dev.muster.aws;

import dev.muster.aws.ProxyVariables.ProxyServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/** Routes like {@link RoutedHttpClient}, without blocking. */
final class RoutedAsyncHttpClient implements SdkAsyncHttpClient {
    private final ProxyVariables proxies;
    private final Function<Optional<ProxyServer>, SdkAsyncHttpClient> make;
    private final Map<Optional<ProxyServer>, SdkAsyncHttpClient> clients = new ConcurrentHashMap<>();

    RoutedAsyncHttpClient(ProxyVariables proxies, Function<Optional<ProxyServer>, SdkAsyncHttpClient> make) {
        this.proxies = proxies;
        this.make = make;
    }

    @Override
    public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
        SdkHttpRequest to = request.request();
        return clients.computeIfAbsent(proxies.to(to.protocol(), to.host(), to.port()), make)
                .execute(to.host().contains("_") ? byAddress(request) : request);
    }

    private static AsyncExecuteRequest byAddress(AsyncExecuteRequest request) {
        return AsyncExecuteRequest.builder()
                .request(UnderscoredHost.byAddress(request.request()))
                .requestContentPublisher(request.requestContentPublisher())
                .responseHandler(request.responseHandler())
                .fullDuplex(request.fullDuplex())
                .build();
    }

    @Override
    public String clientName() {
        return "NettyNio";
    }

    @Override
    public void close() {
        clients.values().forEach(SdkAsyncHttpClient::close);
    }
}
