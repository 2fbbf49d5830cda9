package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.ListingParser.ErrorDocumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Holds the parser against the SDK's own. */
class ListingParserAgainstSdkTest {
    private static final Pattern REFERENCE = Pattern.compile("&#(?:x([0-9a-fA-F]+)|(\\d+));");

    @Property(tries = 400)
    void readsWhatTheSdkReadsHoweverTheBodyIsCutIntoPieces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int pieceSize) {
        byte[] body = new GeneratedPage(seed).body();

        assertThat(Words.read(body, pieceSize)).isEqualTo(SdkReading.words(SdkReading.objects(body)));
    }

    @Property(tries = 1500)
    void readsAMutatedPageAsTheSdkDoesOrNotAtAll(@ForAll long seed) {
        byte[] mutated = mutated(new GeneratedPage(seed).body(), new Random(seed));
        tryRead(mutated).ifPresent(words -> assertThat(words).isNotEmpty());
        byte[] body = asXmlAllows(mutated);

        Optional<List<String>> read = tryRead(body).filter(ListingParserAgainstSdkTest::hasNoProblem);

        read.ifPresent(words ->
                sdkReading(body).ifPresent(expected -> assertThat(words).isEqualTo(expected)));
    }

    @Property(tries = 300)
    void aTruncatedBodyIsAnErrorNeverAShortPage(@ForAll long seed) {
        byte[] body = new GeneratedPage(seed).body();
        byte[] cut = Arrays.copyOf(body, new Random(seed).nextInt(body.length));

        assertThat(tryRead(cut)).isEmpty();
    }

    /**
     * What the parser takes though no other does: bytes and references that XML forbids, ampersands by themselves, and blanks
     * before the declaration.
     */
    private static byte[] asXmlAllows(byte[] body) {
        String allowed = new String(body, UTF_8)
                .stripLeading()
                .replace("version=\"1.1\"", "version=\"1.0\"")
                .replaceAll("%[+-]", "%2") // the SDK takes %-0 and %+1 for bytes
                .replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "?")
                .replaceAll("&(?!(amp|lt|gt|quot|apos|#\\d{1,7}|#x[0-9a-fA-F]{1,6});)", "?");
        return REFERENCE
                .matcher(allowed)
                .replaceAll(reference -> isCharacter(reference) ? Matcher.quoteReplacement(reference.group()) : "?")
                .getBytes(UTF_8);
    }

    private static boolean isCharacter(MatchResult reference) {
        int codePoint = reference.group(1) == null
                ? Integer.parseInt(reference.group(2))
                : Integer.parseInt(reference.group(1), 16);
        return codePoint == '\t'
                || codePoint == '\n'
                || codePoint == '\r'
                || (codePoint >= 0x20 && codePoint < 0xd800)
                || (codePoint > 0xdfff && codePoint < 0xfffe)
                || (codePoint > 0xffff && codePoint <= Character.MAX_CODE_POINT);
    }

    private static boolean hasNoProblem(List<String> words) {
        return words.stream().noneMatch(word -> word.contains(" | it has ") || word.contains(" | its "));
    }

    /** Empty where the SDK stumbles on a date or a truth that is written otherwise than AWS does, or on brackets in text. */
    private static Optional<List<String>> sdkReading(byte[] body) {
        try {
            return Optional.of(SdkReading.words(SdkReading.objects(body)))
                    .filter(words -> !words.contains("truncated null"));
        } catch (RuntimeException e) {
            boolean markup = String.valueOf(e.getMessage()).contains("XML");
            assertThat(markup && !new String(body, UTF_8).contains("]]>"))
                    .as("refused by the SDK: " + e)
                    .isFalse();
            return Optional.empty();
        }
    }

    private static Optional<List<String>> tryRead(byte[] body) {
        try {
            return Optional.of(Words.read(body, 100));
        } catch (MalformedPageException | KeyOrderException | ErrorDocumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] mutated(byte[] body, Random random) {
        byte[] mutated = body.clone();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(mutated.length);
            int length = random.nextInt(Math.min(12, mutated.length - at));
            int to = random.nextInt(mutated.length - length);
            switch (random.nextInt(5)) {
                case 0 -> mutated[at] = (byte) random.nextInt(256);
                case 1 -> mutated[at] = (byte) "<>/&;]%+'\"-!?:= \r\n0129Zz".charAt(random.nextInt(24));
                case 2 -> System.arraycopy(mutated, at, mutated, to, length);
                case 3 -> mutated = cutOut(mutated, at, length);
                default -> mutated = insert(mutated, to, Arrays.copyOfRange(mutated, at, at + length));
            }
        }
        return mutated;
    }

    private static byte[] cutOut(byte[] body, int at, int length) {
        byte[] shorter = Arrays.copyOf(body, body.length - length);
        System.arraycopy(body, at + length, shorter, at, body.length - at - length);
        return shorter;
    }

    private static byte[] insert(byte[] body, int at, byte[] piece) {
        byte[] longer = Arrays.copyOf(body, body.length + piece.length);
        System.arraycopy(piece, 0, longer, at, piece.length);
        System.arraycopy(body, at, longer, at + piece.length, body.length - at);
        return longer;
    }
}
