package dev.muster.aws;

import dev.muster.aws.ProxyVariables.ProxyServer;
import io.netty.handler.timeout.ReadTimeoutException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;

/**
 * Sends each request through the client of its proxy, or the one without a proxy; clients are created on first use. A
 * request that was not answered in time gets double the time each time it is repeated, as {@link LateAnswers} says.
 * Thread-safe.
 */
final class RoutedHttpClient implements SdkHttpClient {
    /**
     * Route of a request.
     *
     * @param proxy empty for none
     * @param patience factor of the time to wait for an answer
     */
    record Route(Optional<ProxyServer> proxy, int patience) {}

    /** Creates the client of a route. */
    interface Factory {
        SdkHttpClient of(Route route);
    }

    private final ProxyVariables proxies;
    private final Factory make;
    private final Map<Route, SdkHttpClient> clients = new ConcurrentHashMap<>();
    private final LateAnswers<String> late = new LateAnswers<>();

    RoutedHttpClient(ProxyVariables proxies, Factory make) {
        this.proxies = proxies;
        this.make = make;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        SdkHttpRequest to = request.httpRequest();
        String asked = to.method() + " " + to.getUri();
        Route route = new Route(proxies.to(to.protocol(), to.host(), to.port()), late.patience(asked));
        return new Watched(clients.computeIfAbsent(route, make::of).prepareRequest(request), asked);
    }

    @Override
    public String clientName() {
        return "Apache";
    }

    @Override
    public void close() {
        clients.values().forEach(SdkHttpClient::close);
    }

    private final class Watched implements ExecutableHttpRequest {
        private final ExecutableHttpRequest request;
        private final String asked;

        private Watched(ExecutableHttpRequest request, String asked) {
            this.request = request;
            this.asked = asked;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                HttpExecuteResponse answer = request.call();
                late.answered(asked);
                return answer;
            } catch (SocketTimeoutException e) {
                late.missed(asked);
                throw e;
            }
        }

        @Override
        public void abort() {
            request.abort();
        }
    }

    /** Routes like {@link RoutedHttpClient}, without blocking. */
    static final class RoutedAsyncHttpClient implements SdkAsyncHttpClient {
        private final ProxyVariables proxies;
        private final Function<Route, SdkAsyncHttpClient> make;
        private final Map<Route, SdkAsyncHttpClient> clients = new ConcurrentHashMap<>();
        private final LateAnswers<String> late = new LateAnswers<>();

        RoutedAsyncHttpClient(ProxyVariables proxies, Function<Route, SdkAsyncHttpClient> make) {
            this.proxies = proxies;
            this.make = make;
        }

        @Override
        public CompletableFuture<Void> execute(AsyncExecuteRequest request) {
            SdkHttpRequest to = request.request();
            String asked = asked(to);
            Route route = new Route(proxies.to(to.protocol(), to.host(), to.port()), late.patience(asked));
            CompletableFuture<Void> answer = clients.computeIfAbsent(route, make)
                    .execute(to.host().contains("_") ? byAddress(request) : request);
            var unused = answer.whenComplete((done, error) -> {
                if (error == null) {
                    late.answered(asked);
                } else if (isLate(error)) {
                    late.missed(asked);
                }
            });
            return answer;
        }

        /** Requests of some services differ by a header alone. */
        private static String asked(SdkHttpRequest to) {
            return to.method() + " " + to.getUri() + " "
                    + to.firstMatchingHeader("X-Amz-Target").orElse("");
        }

        private static boolean isLate(Throwable error) {
            return error instanceof ReadTimeoutException || (error.getCause() != null && isLate(error.getCause()));
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
}
