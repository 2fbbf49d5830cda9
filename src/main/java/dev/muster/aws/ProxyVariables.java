package dev.muster.aws;

import dev.muster.aws.AwsEnvironment.Setting;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, read as <a href="https://curl.se/docs/manpage.html#ENVIRONMENT">curl</a> and
 * aws-cli do: {@code https_proxy}, {@code http_proxy} by the scheme of the server, else {@code all_proxy}; lower case
 * takes precedence. {@code HTTP_PROXY} does not count in a CGI script, where a client's header {@code Proxy} would set
 * it.
 */
final class ProxyVariables {
    /**
     * A proxy.
     *
     * @param scheme the scheme of the connection to the proxy itself: {@code http} or {@code https}
     * @param source the variable that names it
     */
    record ProxyServer(
            String scheme, String host, int port, Optional<String> user, Optional<String> password, String source) {
        /** Keeps the password out of messages. */
        @Override
        public String toString() {
            return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    private static final Pattern PROXY = Pattern.compile(
            "(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(?:([^@/]*(?:@[^@/]*)*)@)?(\\[[0-9A-Fa-f:.%]+]|[^:/@\\s]+)(?::(\\d{1,5}))?/?");

    private final Optional<ProxyServer> forHttps;
    private final Optional<ProxyServer> forHttp;
    private final NoProxyList direct;

    private ProxyVariables(Optional<ProxyServer> forHttps, Optional<ProxyServer> forHttp, NoProxyList direct) {
        this.forHttps = forHttps;
        this.forHttp = forHttp;
        this.direct = direct;
    }

    /** @throws AwsSettingsException if a variable names an unusable proxy */
    static ProxyVariables of(AwsEnvironment environment) {
        boolean cgi = environment.variable("REQUEST_METHOD").isPresent();
        Optional<Setting> http =
                cgi ? environment.variable("http_proxy") : environment.variable("http_proxy", "HTTP_PROXY");
        Optional<Setting> all = environment.variable("all_proxy", "ALL_PROXY");
        return new ProxyVariables(
                environment.variable("https_proxy", "HTTPS_PROXY").or(() -> all).map(ProxyVariables::parse),
                http.or(() -> all).map(ProxyVariables::parse),
                NoProxyList.parse(environment
                        .variable("no_proxy", "NO_PROXY")
                        .map(Setting::value)
                        .orElse("")));
    }

    /** All proxies that are named. */
    Stream<ProxyServer> servers() {
        return Stream.of(forHttps, forHttp).flatMap(Optional::stream).distinct();
    }

    /** The proxy for a server; empty if there is none. */
    Optional<ProxyServer> to(String scheme, String host, int port) {
        Optional<ProxyServer> proxy = scheme.equals("https") ? forHttps : forHttp;
        return proxy.filter(server -> !direct.contains(host, port));
    }

    private static ProxyServer parse(Setting setting) {
        Matcher proxy = PROXY.matcher(setting.value());
        if (!proxy.matches() || (proxy.group(4) != null && Integer.parseInt(proxy.group(4)) > 65_535)) {
            throw refusal(setting, "is no proxy");
        }
        String scheme = proxy.group(1) == null ? "http" : proxy.group(1).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw refusal(setting, "is a proxy of another kind than HTTP");
        }
        Optional<String[]> login = Optional.ofNullable(proxy.group(2)).map(text -> text.split(":", 2));
        int port = proxy.group(4) == null ? scheme.equals("http") ? 80 : 443 : Integer.parseInt(proxy.group(4));
        return new ProxyServer(
                scheme,
                proxy.group(3).replaceAll("[\\[\\]]", ""),
                port,
                login.map(parts -> decoded(parts[0])),
                login.map(parts -> parts.length > 1 ? decoded(parts[1]) : ""),
                setting.source());
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a percent sign of its own
        }
    }

    private static AwsSettingsException refusal(Setting setting, String what) {
        return new AwsSettingsException(
                OneLine.of(setting.source() + " is " + EndpointUrl.withoutPassword(setting.value()) + ", which " + what)
                        + ": give one such as http://proxy.example.com:3128");
    }
}
