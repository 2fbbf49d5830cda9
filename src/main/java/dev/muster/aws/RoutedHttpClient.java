package dev.muster.aws;

import dev.muster.aws.ProxyVariables.ProxyServer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Sends each request by the client of its proxy, or by the one without; makes them when first needed. Thread-safe. */
final class RoutedHttpClient implements SdkHttpClient {
    private final ProxyVariables proxies;
    private final Function<Optional<ProxyServer>, SdkHttpClient> make;
    private final Map<Optional<ProxyServer>, SdkHttpClient> clients = new ConcurrentHashMap<>();

    RoutedHttpClient(ProxyVariables proxies, Function<Optional<ProxyServer>, SdkHttpClient> make) {
        this.proxies = proxies;
        this.make = make;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest to = request.httpRequest();
        return clients.computeIfAbsent(proxies.to(to.protocol(), to.host(), to.port()), make)
                .prepareRequest(request);
    }

    @Override
    public String clientName() {
        return "Apache";
    }

    @Override
    public void close() {
        clients.values().forEach(SdkHttpClient::close);
    }
}
