package dev.muster.aws;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Servers that are reached without a proxy: {@code NO_PROXY}. Its entries, separated by commas or blanks, are host
 * names, which include their subdomains, with or without a leading dot; addresses; networks such as {@code 10.0.0.0/8};
 * or {@code *} for all. A port after an entry restricts it to that port.
 */
final class NoProxyList {
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
