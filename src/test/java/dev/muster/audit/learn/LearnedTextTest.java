package dev.muster.audit.learn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LearnedTextTest {
    private static final Listing LISTING = new Listing("", "111111111111", "logs", "a", false);
    private static final LearnedBucket LEARNED = new LearnedBucket(12, List.of("a\n\"1", "aы", "a\uD83D\uDE00"));

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll("learned") LearnedBucket learned) throws Exception {
        assertThat(LearnedText.read(LearnedText.write(LISTING, learned), LISTING))
                .contains(learned);
    }

    @Property(tries = 500)
    void aDamagedTextIsAnErrorOrHoldsUsableKeys(@ForAll int at, @ForAll byte changed, @ForAll boolean cut)
            throws Exception {
        byte[] text = LearnedText.write(LISTING, LEARNED);
        int position = Math.floorMod(at, text.length);
        byte[] damaged = cut ? Arrays.copyOf(text, position) : text;
        if (!cut) {
            damaged[position] = changed;
        }
        try {
            LearnedText.read(damaged, LISTING)
                    .ifPresent(learned -> assertThat(learned.quantiles()).allMatch(key -> key.startsWith("a")));
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void whatIsAboutAnotherListingIsNotTaken() throws Exception {
        byte[] text = LearnedText.write(LISTING, LEARNED);
        for (Listing other : List.of(
                new Listing("http://localhost", "111111111111", "logs", "a", false),
                new Listing("", "222222222222", "logs", "a", false),
                new Listing("", "111111111111", "logs2", "a", false),
                new Listing("", "111111111111", "logs", "", false),
                new Listing("", "111111111111", "logs", "a", true))) {
            assertThat(LearnedText.read(text, other)).isEmpty();
        }
    }

    @Test
    void anotherVersionIsNotTaken() throws Exception {
        String text = new String(LearnedText.write(LISTING, LEARNED), UTF_8);
        assertThat(LearnedText.read(
                        text.replace("\"version\":1,", "\"version\":2,").getBytes(UTF_8), LISTING))
                .isEmpty();
    }

    @Test
    void keysThatNoServerCanBeAskedForAreLeftOut() throws Exception {
        List<String> keys = List.of("", "a", "b", "a\uFFFF", "a\uD83D", "a" + "x".repeat(1024), "a1");
        byte[] text = LearnedText.write(LISTING, new LearnedBucket(1, keys));
        assertThat(LearnedText.read(text, LISTING).orElseThrow().quantiles()).containsExactly("a", "a1");
    }

    @Test
    void moreKeysThanAreEverKeptAreAnError() throws Exception {
        String one = new String(LearnedText.write(LISTING, new LearnedBucket(1, List.of("a1"))), UTF_8);
        String many = one.replace("\"a1\"", String.join(",", Collections.nCopies(513, "\"a1\"")));
        assertThatIOException().isThrownBy(() -> LearnedText.read(many.getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> LearnedText.read("null".getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> LearnedText.read("{}".getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> LearnedText.read(new byte[0], LISTING));
    }

    @Provide
    Arbitrary<LearnedBucket> learned() {
        return Arbitraries.strings()
                .withChars("abcы/ \"\\\n")
                .ofMaxLength(20)
                .map(key -> "a" + key)
                .list()
                .ofMaxSize(50)
                .map(keys -> new LearnedBucket(keys.size(), keys));
    }
}
