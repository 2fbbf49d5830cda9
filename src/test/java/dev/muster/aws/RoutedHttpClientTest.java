package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

class RoutedHttpClientTest {
    private final List<Integer> patience = new ArrayList<>();
    private boolean slow = true;
    private final RoutedHttpClient client =
            new RoutedHttpClient(ProxyVariables.of(AwsEnvironment.of(Map.of())), Server::new);

    @Test
    void whatWasNotAnsweredInTimeIsWaitedForLongerTheNextTime() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> ask("/slow"));
        }
        slow = false;
        ask("/other");
        ask("/slow");
        ask("/slow");

        assertThat(patience).containsExactly(1, 2, 4, 8, 1, 8, 1);
    }

    private void ask(String path) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(URI.create("http://server" + path))
                .build();
        client.prepareRequest(HttpExecuteRequest.builder().request(request).build())
                .call();
    }

    private final class Server implements SdkHttpClient {
        private final RoutedHttpClient.Route route;

        private Server(RoutedHttpClient.Route route) {
            this.route = route;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() throws IOException {
                    patience.add(route.patience());
                    if (slow) {
                        throw new SocketTimeoutException("Read timed out");
                    }
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder().statusCode(200).build())
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
