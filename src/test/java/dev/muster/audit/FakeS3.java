package dev.muster.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server with one bucket, {@value #BUCKET}, that answers listings as a test wants it to, right or wrong. */
final class FakeS3 implements AutoCloseable {
    static final String BUCKET = "odd";

    private static final Pattern STATUS = Pattern.compile("<!--status (\\d+)-->");
    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    private static final String DATE = "2024-01-01T00:00:00.000Z";
    private static final String ONE_BUCKET = "<Bucket><Name>" + BUCKET
            + "</Name><BucketRegion>us-east-1</BucketRegion><CreationDate>" + DATE + "</CreationDate></Bucket>";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger listings = new AtomicInteger();
    private volatile Function<Map<String, String>, String> buckets = parameters -> buckets(ONE_BUCKET, "");
    private final Map<String, String> headers = new ConcurrentHashMap<>();

    /**
     * Starts a server.
     *
     * @param listing gets the parameters of a request for the bucket, decoded, and gives the answer's body
     */
    FakeS3(Function<Map<String, String>, String> listing) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, listing));
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Says from now on that there are further buckets behind the same token as ever. */
    FakeS3 repeatingBuckets() {
        return listingBuckets(parameters -> buckets(ONE_BUCKET, "<ContinuationToken>again</ContinuationToken>"));
    }

    /** Answers from now on with nothing at all when asked for buckets. */
    FakeS3 hidingBuckets() {
        return listingBuckets(parameters -> "");
    }

    /** Says from now on that there is no bucket. */
    FakeS3 withoutBuckets() {
        return listingBuckets(parameters -> buckets("", ""));
    }

    /** Lists buckets from now on as a test wants it. */
    FakeS3 listingBuckets(Function<Map<String, String>, String> answer) {
        buckets = answer;
        return this;
    }

    /** Sends a header with every answer from now on. */
    FakeS3 sending(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** How often the bucket was listed. */
    int listings() {
        return listings.get();
    }

    /** A page of ListObjectsV2 that says nothing of an encoding; every object has one byte. */
    static String objects(List<String> keys, boolean truncated) {
        return HEAD + "<ListBucketResult><IsTruncated>" + truncated + "</IsTruncated>"
                + keys.stream()
                        .map(key -> "<Contents><Key>" + escape(key) + "</Key><LastModified>" + DATE
                                + "</LastModified><Size>1</Size></Contents>")
                        .collect(joining())
                + "</ListBucketResult>";
    }

    /** The same with the token of the next page, which there is unless the token is empty. */
    static String objects(List<String> keys, String token) {
        return objects(keys, !token.isEmpty())
                .replace(
                        "</ListBucketResult>",
                        token.isEmpty()
                                ? "</ListBucketResult>"
                                : "<NextContinuationToken>" + escape(token)
                                        + "</NextContinuationToken></ListBucketResult>");
    }

    /** A page of ListObjectVersions; each version is given as its key and its id. */
    static String versions(List<List<String>> versions, boolean truncated) {
        return versions(versions, List.of(), truncated);
    }

    /** The same with delete markers behind all versions. */
    static String versions(List<List<String>> versions, List<List<String>> markers, boolean truncated) {
        return HEAD + "<ListVersionsResult><IsTruncated>" + truncated + "</IsTruncated>"
                + versions.stream()
                        .map(version -> "<Version>" + version(version) + "<Size>1</Size></Version>")
                        .collect(joining())
                + markers.stream()
                        .map(marker -> "<DeleteMarker>" + version(marker) + "</DeleteMarker>")
                        .collect(joining())
                + "</ListVersionsResult>";
    }

    private static String version(List<String> keyAndId) {
        return "<Key>" + escape(keyAndId.get(0)) + "</Key><VersionId>" + keyAndId.get(1)
                + "</VersionId><IsLatest>false</IsLatest><LastModified>" + DATE + "</LastModified>";
    }

    /** A page of ListMultipartUploads. */
    static String uploads(List<String> keys, boolean truncated, String markers) {
        return HEAD + "<ListMultipartUploadsResult><IsTruncated>" + truncated + "</IsTruncated>" + markers
                + keys.stream()
                        .map(key -> "<Upload><Key>" + escape(key) + "</Key><UploadId>id-of-" + escape(key)
                                + "</UploadId><Initiated>" + DATE + "</Initiated></Upload>")
                        .collect(joining())
                + "</ListMultipartUploadsResult>";
    }

    /** A page of ListParts with one part. */
    static String parts(boolean truncated, String marker) {
        return HEAD + "<ListPartsResult><IsTruncated>" + truncated + "</IsTruncated>" + marker
                + "<Part><PartNumber>1</PartNumber><Size>5</Size><LastModified>" + DATE
                + "</LastModified></Part></ListPartsResult>";
    }

    /** Sends whoever asks to another region. */
    static String redirection(String region) {
        return HEAD + "<Error><Code>PermanentRedirect</Code><Message>the server says elsewhere</Message><Region>"
                + region + "</Region></Error>";
    }

    /** Says where a listing of uploads goes on; nothing for an empty key. */
    static String markers(String key) {
        return key.isEmpty()
                ? ""
                : "<NextKeyMarker>" + escape(key) + "</NextKeyMarker><NextUploadIdMarker>id-of-" + escape(key)
                        + "</NextUploadIdMarker>";
    }

    /** A refusal with a status of its own. */
    static String error(int status, String code) {
        return HEAD + "<!--status " + status + "--><Error><Code>" + code
                + "</Code><Message>the server does not want to</Message></Error>";
    }

    /** A refusal, with the status that S3 gives its code. */
    static String error(String code) {
        return HEAD + "<Error><Code>" + code + "</Code><Message>the server does not want to</Message></Error>";
    }

    private static int status(String body) {
        if (!body.contains("<Error>")) {
            return 200;
        }
        Matcher own = STATUS.matcher(body);
        if (own.find()) {
            return Integer.parseInt(own.group(1));
        }
        return body.contains("<Code>NoSuchKey<") ? 404 : body.contains("<Code>InvalidArgument<") ? 400 : 301;
    }

    private void answer(HttpExchange exchange, Function<Map<String, String>, String> listing) {
        try (exchange) {
            boolean bucket = exchange.getRequestURI().getPath().length() > 1;
            if (bucket) {
                listings.incrementAndGet();
            }
            String body = (bucket ? listing : buckets).apply(parameters(exchange));
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(status(body), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A page of ListBuckets. */
    static String buckets(List<String> names, String more) {
        return buckets(
                names.stream()
                        .map(name -> "<Bucket><Name>" + name + "</Name><BucketRegion>us-east-1</BucketRegion></Bucket>")
                        .collect(joining()),
                more);
    }

    private static String buckets(String list, String more) {
        return HEAD + "<ListAllMyBucketsResult><Buckets>" + list + "</Buckets>" + more + "</ListAllMyBucketsResult>";
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return parameters;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
