package dev.muster.cluster;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Address of a node.
 *
 * @param port 0 for any free port at which a node is to listen
 */
public record HostPort(String host, int port) {
    /** The port that nodes usually listen on. */
    public static final int DEFAULT_PORT = 7355;

    /**
     * Parses {@code host:port}; an IPv6 address is in brackets.
     *
     * @throws IllegalArgumentException with a message for users
     */
    public static HostPort parse(String text) {
        try {
            URI uri = URI.create("muster://" + text.strip());
            if (uri.getHost() != null && uri.getPort() >= 0 && uri.getPort() <= 65_535) {
                return new HostPort(uri.getHost(), uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // falls through to the message
        }
        throw new IllegalArgumentException("\"" + text + "\" is not HOST:PORT, such as 10.0.0.5:7355");
    }

    /** An address as the host of a URI: IPv6 in brackets, without a zone. */
    static String literal(InetAddress address) {
        String text = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + text.replaceFirst("%.*", "") + "]" : text;
    }

    /** Tells whether only this machine can reach it. */
    public boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
