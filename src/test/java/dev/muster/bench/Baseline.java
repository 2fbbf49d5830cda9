package dev.muster.bench;

import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.keys.KeyGenerator;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The least that listing in Java can cost on a machine: it is told where each page begins, signs nothing, and searches the
 * bytes of the answers for sizes without understanding them. Other figures mean something against this one.
 */
public final class Baseline {
    private static final byte[] SIZE = "<Size>".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE = 1000;

    /** An answer's objects, and the sum of their sizes. */
    private record Sum(long objects, long bytes) {
        Sum plus(Sum other) {
            return new Sum(objects + other.objects, bytes + other.bytes);
        }
    }

    private Baseline() {}

    /** The command that lists a bucket of these keys, where {@code pages} is a file that this writes. */
    static List<String> command(String endpoint, String bucket, KeyGenerator keys, String workers, Path pages)
            throws IOException {
        Files.write(pages, urls(endpoint, bucket, keys).toList());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dhttp.maxConnections=" + workers,
                "-cp",
                Path.of(System.getProperty("muster.home"), "target", "test-classes")
                        .toString(),
                Baseline.class.getName(),
                PracticeAccount.of(BenchCloud.ACCOUNT, "bench").accessKeyId(),
                workers,
                pages.toString());
    }

    private static Stream<String> urls(String endpoint, String bucket, KeyGenerator keys) {
        String list = endpoint + "/" + bucket + "?list-type=2";
        Stream<String> followers = LongStream.iterate(PAGE - 1, last -> last < keys.size() - 1, last -> last + PAGE)
                .mapToObj(last -> new String(keys.key(last), StandardCharsets.UTF_8))
                .map(key -> list + "&start-after=" + URLEncoder.encode(key, StandardCharsets.UTF_8));
        return Stream.concat(Stream.of(list), followers);
    }

    /** Arguments: access key, number of workers, a file of the pages' URLs. Prints the number of objects, and below it that of their bytes. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        String credential = "AWS4-HMAC-SHA256 Credential=" + arguments[0] + "/20260101/us-east-1/s3/aws4_request";
        int workers = Integer.parseInt(arguments[1]);
        List<String> pages = Files.readAllLines(Path.of(arguments[2]));
        AtomicInteger next = new AtomicInteger();
        Callable<Sum> worker = () -> {
            Sum sum = new Sum(0, 0);
            byte[] buffer = new byte[1 << 21];
            for (int page = next.getAndIncrement(); page < pages.size(); page = next.getAndIncrement()) {
                sum = sum.plus(list(URI.create(pages.get(page)), credential, buffer));
            }
            return sum;
        };
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        Sum sum = new Sum(0, 0);
        for (Future<Sum> done :
                threads.invokeAll(Stream.generate(() -> worker).limit(workers).collect(Collectors.toList()))) {
            sum = sum.plus(done.get());
        }
        threads.shutdown();
        System.out.println(sum.objects());
        System.out.println(sum.bytes());
    }

    private static Sum list(URI page, String credential, byte[] buffer) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        connection.setRequestProperty("Authorization", credential);
        try (InputStream body = connection.getInputStream()) {
            return scan(buffer, body.readNBytes(buffer, 0, buffer.length));
        }
    }

    private static Sum scan(byte[] page, int length) {
        long objects = 0;
        long bytes = 0;
        int at = 0;
        while (at < length - SIZE.length) {
            if (page[at] != '<' || page[at + 1] != 'S' || page[at + 2] != 'i') {
                at++;
                continue;
            }
            long size = 0;
            for (at += SIZE.length; page[at] != '<'; at++) {
                size = size * 10 + page[at] - '0';
            }
            objects++;
            bytes += size;
        }
        return new Sum(objects, bytes);
    }
}
