package dev.muster.aws;

import dev.muster.aws.AwsEnvironment.Setting;
import dev.muster.aws.AwsSettings.AwsSettingsException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        Optional<Setting> http = cgi ? environment.variable("http_proxy") : either(environment, "http_proxy");
        Optional<Setting> all = either(environment, "all_proxy");
        return new ProxyVariables(
                either(environment, "https_proxy").or(() -> all).map(ProxyVariables::parse),
                http.or(() -> all).map(ProxyVariables::parse),
                NoProxyList.parse(
                        either(environment, "no_proxy").map(Setting::value).orElse("")));
    }

    /** The setting of a variable in small letters, which takes precedence even if it is empty, or else in capitals. */
    private static Optional<Setting> either(AwsEnvironment environment, String name) {
        return environment.isEmptied(name)
                ? Optional.empty()
                : environment.variable(name, name.toUpperCase(Locale.ROOT));
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

    /**
     * Servers that are reached without a proxy: {@code NO_PROXY}. Its entries, separated by commas or blanks, are host
     * names, which include their subdomains, with or without a leading dot; addresses; networks such as {@code 10.0.0.0/8};
     * or {@code *} for all. A port after an entry restricts it to that port.
     */
    static final class NoProxyList {
        private static final Pattern WITH_PORT = Pattern.compile("(\\[[^\\]]+]|[^:]+):(\\d{1,5})");
        private static final Pattern NUMBERS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
        private static final int ANY_PORT = -1;

        private record Entry(String host, int port) {
            static Entry parse(String text) {
                Matcher port = WITH_PORT.matcher(text);
                return port.matches()
                        ? new Entry(normal(port.group(1)), Integer.parseInt(port.group(2)))
                        : new Entry(normal(text), ANY_PORT);
            }

            boolean covers(String name, int at) {
                return (port == ANY_PORT || port == at) && covers(name);
            }

            private boolean covers(String name) {
                if (host.equals("*") || host.equals(name)) {
                    return true;
                }
                Optional<InetAddress> address = address(name);
                return address.isPresent() ? covers(address.get()) : name.endsWith("." + host);
            }

            private boolean covers(InetAddress address) {
                String[] network = host.split("/", 2);
                Optional<InetAddress> base = address(network[0]);
                if (base.isEmpty()) {
                    return false;
                }
                int length = address.getAddress().length;
                int bits = network.length == 1
                        ? length * 8
                        : network[1].matches("\\d{1,3}") ? Integer.parseInt(network[1]) : -1;
                if (base.get().getAddress().length != length || bits < 0 || bits > length * 8) {
                    return false;
                }
                BigInteger differing =
                        new BigInteger(1, base.get().getAddress()).xor(new BigInteger(1, address.getAddress()));
                return differing.shiftRight(length * 8 - bits).signum() == 0;
            }
        }

        private final List<Entry> entries;

        private NoProxyList(List<Entry> entries) {
            this.entries = entries;
        }

        static NoProxyList parse(String text) {
            return new NoProxyList(Stream.of(text.split("[,\\s]+"))
                    .filter(entry -> !entry.isEmpty())
                    .map(Entry::parse)
                    .filter(entry -> !entry.host().isEmpty())
                    .toList());
        }

        boolean contains(String host, int port) {
            String name = normal(host);
            return entries.stream().anyMatch(entry -> entry.covers(name, port));
        }

        private static String normal(String host) {
            return host.toLowerCase(Locale.ROOT)
                    .replaceAll("[\\[\\]]", "")
                    .replaceFirst("^\\*(?=\\.)", "")
                    .replaceFirst("^\\.+", "")
                    .replaceFirst("\\.$", "");
        }

        /** Parses an address without resolving names. */
        private static Optional<InetAddress> address(String text) {
            if (!NUMBERS.matcher(text).matches() && !text.contains(":")) {
                return Optional.empty();
            }
            try {
                return Optional.of(InetAddress.getByName(text));
            } catch (UnknownHostException e) {
                return Optional.empty();
            }
        }
    }
}
