package dev.muster.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before a node's port. What comes from a host that is cut off, and what goes back to it, vanishes. */
public final class DroppingProxy implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** A proxy on any port of a loopback address, before another port of it. */
    public DroppingProxy(String host, int targetPort) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getByName(host));
        target = new InetSocketAddress(host, targetPort);
        threads.execute(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public void cutOff(String host) {
        cutOff.add(host);
    }

    /** Lets everything through again, by new connections: in the middle of what the present ones carry, bytes are missing. */
    public void heal() {
        cutOff.clear();
        sockets.forEach(DroppingProxy::close);
        sockets.clear();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket client) {
        String from = client.getInetAddress().getHostAddress();
        try {
            Socket node = new Socket();
            sockets.add(node);
            node.connect(target);
            threads.execute(() -> pump(client, node, from));
            pump(node, client, from);
        } catch (IOException e) {
            close(client);
        }
    }

    private void pump(Socket source, Socket sink, String from) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = source.getInputStream();
            OutputStream out = sink.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!cutOff.contains(from)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
            }
        } catch (IOException e) {
            // the other side has closed
        }
        close(source);
        close(sink);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed it is
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(DroppingProxy::close);
        threads.shutdownNow();
    }
}
