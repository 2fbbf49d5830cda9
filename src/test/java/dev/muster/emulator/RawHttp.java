package dev.muster.emulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Map;

/** One HTTP exchange without any client in between that could hide what the server does. */
record RawHttp(int status, String head, String body) {
    /** Sends a request signed for S3, and reads until the server closes the connection. */
    static RawHttp send(PracticeCloud cloud, PracticeAccount account, String region, String request) {
        return send(cloud, account, region, request, Map.of(), "");
    }

    static RawHttp send(
            PracticeCloud cloud,
            PracticeAccount account,
            String region,
            String request,
            Map<String, String> headers,
            String body) {
        StringBuilder text = new StringBuilder(request).append(" HTTP/1.1\r\n");
        if (!headers.containsKey("Host")) {
            text.append("Host: 127.0.0.1\r\n");
        }
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        text.append("Authorization: AWS4-HMAC-SHA256 Credential=").append(account.accessKeyId());
        text.append("/20250101/").append(region).append("/s3/aws4_request, SignedHeaders=host, Signature=0\r\n");
        text.append("Content-Length: ").append(body.getBytes(UTF_8).length);
        text.append("\r\nConnection: close\r\n\r\n").append(body);
        return exchange(cloud.endpoint(), text.toString());
    }

    private static RawHttp exchange(URI endpoint, String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            int end = answer.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IOException("no answer but: " + answer);
            }
            int status = Integer.parseInt(answer.substring(9, 12));
            byte[] body = answer.substring(end + 4).getBytes(ISO_8859_1);
            return new RawHttp(status, answer.substring(0, end), new String(body, UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
