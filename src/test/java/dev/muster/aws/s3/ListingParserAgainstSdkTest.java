package dev.muster.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Holds the lean reader against the SDK's own. */
class ListingParserAgainstSdkTest {
    @Property(tries = 400)
    void readsWhatTheSdkReadsHoweverTheBodyIsCutIntoPieces(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int pieceSize) {
        byte[] body = new GeneratedPage(seed).body();

        assertThat(Words.read(body, pieceSize)).isEqualTo(SdkReading.words(SdkReading.objects(body)));
    }

    @Property(tries = 1500)
    void readsAMutatedPageAsTheSdkDoesOrNotAtAll(@ForAll long seed) {
        byte[] body = mutated(new GeneratedPage(seed).body(), new Random(seed));

        Optional<List<String>> read = tryRead(body);

        read.ifPresent(words -> assertThat(words).isEqualTo(SdkReading.words(SdkReading.objects(body))));
    }

    @Property(tries = 300)
    void aTruncatedBodyIsAnErrorNeverAShortPage(@ForAll long seed) {
        byte[] body = new GeneratedPage(seed).body();
        byte[] cut = Arrays.copyOf(body, new Random(seed).nextInt(body.length));

        assertThat(tryRead(cut)).isEmpty();
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
