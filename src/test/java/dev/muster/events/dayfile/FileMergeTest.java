package dev.muster.events.dayfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.events.dayfile.DayStore.NotADayFileException;
import dev.muster.events.dayfile.DurableStore.MergeCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileMergeTest {
    @TempDir
    Path directory;

    private Path existing;
    private Path target;

    @BeforeEach
    void files() {
        existing = directory.resolve("existing");
        target = directory.resolve("target");
    }

    @Test
    void newAndOldLinesAreUnited() throws IOException {
        assertThat(merge("a\nc\n", "b", "c", "d")).isEqualTo(new MergeCounts(2, 2, true));
        assertThat(target).hasContent("a\nb\nc\nd\n");
    }

    @Test
    void aDayWithoutAFileStartsOne() throws IOException {
        MergeCounts counts = new FileMerge(false, 1000).merge(Optional.empty(), set("b", "a"), target);
        assertThat(counts).isEqualTo(new MergeCounts(0, 2, true));
        assertThat(Files.readString(target)).isEqualTo("a\nb\n");
    }

    @Test
    void nothingNewLeavesTheFileUnchanged() throws IOException {
        assertThat(merge("a\nb\n", "a").changed()).isFalse();
    }

    @Test
    void trailingWhiteSpaceDuplicatesAndAMissingLineFeedAreMended() throws IOException {
        assertThat(merge("a \t\r\na\nb\u00a0\u2003\u0085\n c\u001f", "a")).isEqualTo(new MergeCounts(3, 0, true));
        assertThat(Files.readString(target)).isEqualTo(" c\na\nb\n");
    }

    @Test
    void aCarriageReturnEndsALineAsWell() throws IOException {
        assertThat(merge("a\r\nb\rc\r", "d")).isEqualTo(new MergeCounts(3, 1, true));
        assertThat(Files.readString(target)).isEqualTo("a\nb\nc\nd\n");
        merge("a\r\r\nb\u2028\u000cb\n", "d");
        assertThat(Files.readString(target)).isEqualTo("\na\nb\u2028\u000cb\nd\n");
    }

    @Test
    void aLineEndOnTheEdgeOfABufferIsOneLineEnd() throws IOException {
        String wide = "x".repeat((1 << 16) - 1);
        assertThat(merge(wide + "\r\ny\n", "y")).isEqualTo(new MergeCounts(2, 0, true));
        assertThat(Files.readString(target)).isEqualTo(wide + "\ny\n");
    }

    @Test
    void anUnsortedFileIsSortedOnDisk() throws IOException {
        assertThat(merge("d\nb\nd\na\nc\n", "bb")).isEqualTo(new MergeCounts(4, 1, true));
        assertThat(Files.readString(target)).isEqualTo("a\nb\nbb\nc\nd\n");
    }

    @Test
    void astralCharactersSortBehindTheBasicPlane() throws IOException {
        merge("\uffee\n", "\ud83d\ude00");
        assertThat(Files.readString(target)).isEqualTo("\uffee\n\ud83d\ude00\n");
    }

    @Test
    void aCompressedFileIsReadWhateverIsToBeWritten() throws IOException {
        Files.write(existing, compress("a\nb\n"));
        MergeCounts counts = new FileMerge(true, 1000).merge(Optional.of(existing), set("c"), target);
        assertThat(counts).isEqualTo(new MergeCounts(2, 1, true));
        assertThat(new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(target))).readAllBytes())
                .isEqualTo("a\nb\nc\n".getBytes(UTF_8));
        assertThat(new FileMerge(false, 1000)
                        .merge(Optional.of(existing), set("a"), target)
                        .changed())
                .isTrue();
        assertThat(Files.readString(target)).isEqualTo("a\nb\n");
    }

    @Test
    void aTruncatedCompressedFileIsAnErrorNeverAShortDay() throws IOException {
        byte[] whole = compress("a\nb\n".repeat(1000));
        Files.write(existing, Arrays.copyOf(whole, whole.length - 12));
        assertThatThrownBy(() -> new FileMerge(true, 1000).merge(Optional.of(existing), set("c"), target))
                .isInstanceOf(IOException.class);
    }

    @Test
    void severalCompressedMembersAreOneFile() throws IOException {
        Files.write(existing, joined(compress("a\n"), compress("b\n".repeat(100_000)), compress("c\n")));
        MergeCounts counts = new FileMerge(false, 1000).merge(Optional.of(existing), set("d"), target);
        assertThat(counts.existing()).isEqualTo(3);
        assertThat(Files.readString(target)).isEqualTo("a\nb\nc\nd\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 10, 18, 19, 30, 70_000})
    void bytesBehindACompressedMemberAreAnErrorNeverTheEnd(int number) throws IOException {
        byte[] plain = "appended by hand, not compressed\n".repeat(3000).getBytes(UTF_8);
        for (byte[] first : List.of(compress("a\nb\n"), compress(noise(1 << 17)))) {
            Files.write(existing, joined(first, Arrays.copyOf(plain, number)));
            assertThatThrownBy(() -> new FileMerge(false, 1 << 20).merge(Optional.of(existing), set("c"), target))
                    .isInstanceOf(NotADayFileException.class);
        }
    }

    @Property(tries = 200)
    void whereCompressedBytesEndIsNeverMistaken(
            @ForAll @IntRange(max = 70_000) int size, @ForAll @IntRange(max = 3) int more) throws IOException {
        Path folder = Files.createTempDirectory("merge");
        Path before = folder.resolve("before");
        Files.write(before, joined(compress(noise(size)), new byte[more]));
        FileMerge merge = new FileMerge(false, 1 << 20);
        ThrowingCallable merging = () -> merge.merge(Optional.of(before), set("c"), folder.resolve("after"));
        if (more == 0) {
            assertThatCode(merging).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(merging).isInstanceOf(NotADayFileException.class);
        }
        deleteAll(folder);
    }

    @Test
    void aLineWithoutEndIsAnError() throws IOException {
        Files.write(existing, new byte[LineReader.MAX_LINE + 1]);
        assertThatThrownBy(() -> new FileMerge(false, 1000).merge(Optional.of(existing), set("c"), target))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }

    @Property(tries = 150)
    void anyFileAndAnyLinesMergeAsASetDoes(
            @ForAll @Size(max = 60) List<@StringLength(max = 3) @CharRange(from = 'a', to = 'c') String> old,
            @ForAll @Size(max = 20) List<@StringLength(max = 3) @CharRange(from = 'a', to = 'd') String> added,
            @ForAll boolean sorted)
            throws IOException {
        Path folder = Files.createTempDirectory("merge");
        Path before = folder.resolve("before");
        Path after = folder.resolve("after");
        Files.write(before, sorted ? old.stream().sorted().toList() : old);
        new FileMerge(false, 200).merge(Optional.of(before), set(added.toArray(String[]::new)), after);
        TreeSet<String> expected = new TreeSet<>(old);
        expected.addAll(added);
        assertThat(Files.readAllLines(after)).containsExactlyElementsOf(expected);
        deleteAll(folder);
    }

    private MergeCounts merge(String content, String... added) throws IOException {
        Files.writeString(existing, content);
        return new FileMerge(false, 100).merge(Optional.of(existing), set(added), target);
    }

    private static SortedSet<byte[]> set(String... lines) {
        return Arrays.stream(lines)
                .map(line -> line.getBytes(UTF_8))
                .collect(Collectors.toCollection(() -> new TreeSet<>(LineOrder.ORDER)));
    }

    private static byte[] compress(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Sorted, of about that size when compressed. */
    private static String noise(int bytes) {
        Random random = new Random(bytes);
        return Stream.generate(() -> Long.toHexString(random.nextLong()))
                .limit(bytes / 9)
                .sorted()
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
