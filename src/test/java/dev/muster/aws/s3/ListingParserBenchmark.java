package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Keys read per second by one thread, from a page in memory that arrives in pieces as from a socket. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(1)
public class ListingParserBenchmark {
    private static final int KEYS = 1000;
    private static final int PIECE = 16 * 1024;

    /** Keys that need no decoding, keys of which some bytes are url-encoded, and keys of which nearly all are. */
    @Param({"plain", "hive", "cyrillic"})
    public String layout = "plain";

    private byte[] body = new byte[0];

    @Setup
    public void writePage() {
        StringBuilder page = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>bucket</Name><Prefix></Prefix>"
                + "<MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType><IsTruncated>true</IsTruncated>");
        for (int i = 0; i < KEYS; i++) {
            page.append("<Contents><Key>")
                    .append(key(i))
                    .append(
                            "</Key><LastModified>2024-02-29T12:34:56.000Z</LastModified>"
                                    + "<ETag>&quot;d41d8cd98f00b204e9800998ecf8427e&quot;</ETag>"
                                    + "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType><Size>")
                    .append(i * 12_345L)
                    .append("</Size><StorageClass>STANDARD</StorageClass></Contents>");
        }
        body = page.append("</ListBucketResult>").toString().getBytes(UTF_8);
    }

    private String key(int i) {
        String name = String.format("%05d-%s", i, new UUID(i * 0x9E3779B97F4A7C15L, i));
        return switch (layout) {
            case "plain" -> "data/2024/02/29/" + name + ".json";
            case "hive" -> "data/year%3D2024/month%3D02/day%3D29/" + name + ".parquet";
            case "cyrillic" ->
                "%D0%B0%D1%80%D1%85%D0%B8%D0%B2/%D0%B4%D0%BE%D0%BA%D1%83%D0%BC%D0%B5%D0%BD%D1%82/" + name;
            default -> throw new IllegalArgumentException(layout);
        };
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public long lean() {
        long[] bytes = new long[1];
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> bytes[0] += entry.size());
        for (int at = 0; at < body.length; at += PIECE) {
            reader.feed(ByteBuffer.wrap(body, at, Math.min(PIECE, body.length - at)));
        }
        reader.finish();
        return bytes[0];
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public int sdk() {
        return SdkReading.objects(body).contents().size();
    }

    /** Runs the benchmark: {@code java -cp ... dev.muster.aws.s3.ListingParserBenchmark}. */
    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(ListingParserBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
