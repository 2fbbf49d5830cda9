package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import dev.muster.aws.ProxyVariables.ProxyServer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyVariablesTest {
    private final Map<String, String> variables = new HashMap<>();

    private Optional<String> to(String scheme) {
        return server(scheme).map(ProxyServer::toString);
    }

    private Optional<ProxyServer> server(String scheme) {
        return ProxyVariables.of(AwsEnvironment.of(variables)).to(scheme, "s3.example.test", 443);
    }

    @Test
    void theServersSchemeChoosesTheVariable() {
        variables.put("HTTPS_PROXY", "http://secure:1");
        variables.put("HTTP_PROXY", "http://plain:2");

        assertThat(to("https")).contains("http://secure:1");
        assertThat(to("http")).contains("http://plain:2");
    }

    @Test
    void lowerCaseGoesFirstEvenIfItIsEmpty() {
        variables.put("HTTPS_PROXY", "http://upper:1");
        variables.put("https_proxy", "http://lower:1");
        assertThat(to("https")).contains("http://lower:1");

        variables.put("https_proxy", "");
        assertThat(to("https")).isEmpty();
    }

    @Test
    void theProxyForAllIsUsedWhereNoneIsNamedForTheScheme() {
        variables.put("ALL_PROXY", "http://all:1");
        variables.put("https_proxy", "http://secure:1");

        assertThat(to("https")).contains("http://secure:1");
        assertThat(to("http")).contains("http://all:1");
    }

    @Test
    void aClientsHeaderIsNoProxyOfACgiScript() {
        variables.put("HTTP_PROXY", "http://attacker:1");
        variables.put("REQUEST_METHOD", "GET");
        assertThat(to("http")).isEmpty();

        variables.put("http_proxy", "http://ours:1");
        assertThat(to("http")).contains("http://ours:1");
    }

    @Test
    void schemePortUserAndPasswordMayBeGivenOrNot() {
        variables.put("https_proxy", "proxy.example.test");
        assertThat(to("https")).contains("http://proxy.example.test:80");
        variables.put("https_proxy", "proxy.example.test:3128/");
        assertThat(to("https")).contains("http://proxy.example.test:3128");
        variables.put("https_proxy", "HTTPS://[::1]:3128");
        assertThat(to("https")).contains("https://[::1]:3128");

        variables.put("https_proxy", "http://me:p%40ss:w+rd@proxy:3128");
        ProxyServer server = server("https").orElseThrow();
        assertThat(server.user()).contains("me");
        assertThat(server.password()).contains("p@ss:w+rd");
        assertThat(server.toString()).isEqualTo("http://proxy:3128");
    }

    @ParameterizedTest
    @ValueSource(strings = {"socks5://me:hush@proxy:1080", "http://me:hush@proxy:99999", "me:hush@pro xy"})
    void whatIsNoHttpProxyIsRefusedWithoutItsPassword(String value) {
        variables.put("ALL_PROXY", value);

        assertThatExceptionOfType(AwsSettingsException.class)
                .isThrownBy(() -> to("https"))
                .withMessageContainingAll("ALL_PROXY is ", "give one such as http://proxy.example.com:3128")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    }

    @Test
    void serversThatAreExceptedAreReachedDirectly() {
        variables.put("https_proxy", "http://proxy:1");
        variables.put("NO_PROXY", "localhost, .example.test");

        assertThat(to("https")).isEmpty();
    }
}
