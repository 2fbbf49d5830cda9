package dev.muster.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy on loopback that leads everybody to one server, whatever they ask for. */
final class PracticeProxy implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final URI server;
    private volatile boolean refusing;

    PracticeProxy(URI server) throws IOException {
        this.server = server;
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Asks everybody for a password from now on. */
    void refuse() {
        refusing = true;
    }

    /** What was asked of it: each request with its headers. */
    List<String> requests() {
        return requests;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1), 1);
            StringBuilder request = new StringBuilder();
            for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
                request.append(line).append('\n');
            }
            requests.add(request.toString());
            OutputStream out = client.getOutputStream();
            boolean tunnel = request.toString().startsWith("CONNECT");
            if (refusing) {
                out.write(("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                                + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(ISO_8859_1));
                return;
            }
            try (Socket peer = new Socket(server.getHost(), server.getPort())) {
                if (tunnel) {
                    out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
                } else {
                    peer.getOutputStream()
                            .write((request + "\n").replace("\n", "\r\n").getBytes(ISO_8859_1));
                }
                threads.execute(() -> pump(peer, client));
                pump(client, peer);
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // One of both has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }
}
