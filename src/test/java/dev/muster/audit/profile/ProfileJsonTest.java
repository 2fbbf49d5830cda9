package dev.muster.audit.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.muster.audit.profile.ProfileJson.ListingIdentity;
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

class ProfileJsonTest {
    private static final ListingIdentity LISTING = new ListingIdentity("", "111111111111", "logs", "a", false);
    private static final BucketProfile LEARNED = new BucketProfile(12, List.of("a\n\"1", "aы", "a\uD83D\uDE00"));

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll("learned") BucketProfile learned) throws Exception {
        assertThat(ProfileJson.read(ProfileJson.write(LISTING, learned), LISTING))
                .contains(learned);
    }

    @Property(tries = 500)
    void aDamagedTextIsAnErrorOrHoldsUsableKeys(@ForAll int at, @ForAll byte changed, @ForAll boolean cut)
            throws Exception {
        byte[] text = ProfileJson.write(LISTING, LEARNED);
        int position = Math.floorMod(at, text.length);
        byte[] damaged = cut ? Arrays.copyOf(text, position) : text;
        if (!cut) {
            damaged[position] = changed;
        }
        try {
            ProfileJson.read(damaged, LISTING)
                    .ifPresent(learned -> assertThat(learned.quantiles()).allMatch(key -> key.startsWith("a")));
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    @Test
    void whatIsAboutAnotherListingIsNotTaken() throws Exception {
        byte[] text = ProfileJson.write(LISTING, LEARNED);
        for (ListingIdentity other : List.of(
                new ListingIdentity("http://localhost", "111111111111", "logs", "a", false),
                new ListingIdentity("", "222222222222", "logs", "a", false),
                new ListingIdentity("", "111111111111", "logs2", "a", false),
                new ListingIdentity("", "111111111111", "logs", "", false),
                new ListingIdentity("", "111111111111", "logs", "a", true))) {
            assertThat(ProfileJson.read(text, other)).isEmpty();
        }
    }

    @Test
    void anotherVersionIsNotTaken() throws Exception {
        String text = new String(ProfileJson.write(LISTING, LEARNED), UTF_8);
        assertThat(ProfileJson.read(
                        text.replace("\"version\":1,", "\"version\":2,").getBytes(UTF_8), LISTING))
                .isEmpty();
    }

    @Test
    void keysThatNoServerCanBeAskedForAreLeftOut() throws Exception {
        List<String> keys = List.of("", "a", "b", "a\uFFFF", "a\uD83D", "a" + "x".repeat(1024), "a1");
        byte[] text = ProfileJson.write(LISTING, new BucketProfile(1, keys));
        assertThat(ProfileJson.read(text, LISTING).orElseThrow().quantiles()).containsExactly("a", "a1");
    }

    @Test
    void moreKeysThanAreEverKeptAreAnError() throws Exception {
        String one = new String(ProfileJson.write(LISTING, new BucketProfile(1, List.of("a1"))), UTF_8);
        String many = one.replace("\"a1\"", String.join(",", Collections.nCopies(513, "\"a1\"")));
        assertThatIOException().isThrownBy(() -> ProfileJson.read(many.getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> ProfileJson.read("null".getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> ProfileJson.read("{}".getBytes(UTF_8), LISTING));
        assertThatIOException().isThrownBy(() -> ProfileJson.read(new byte[0], LISTING));
    }

    @Provide
    Arbitrary<BucketProfile> learned() {
        return Arbitraries.strings()
                .withChars("abcы/ \"\\\n")
                .ofMaxLength(20)
                .map(key -> "a" + key)
                .list()
                .ofMaxSize(50)
                .map(keys -> new BucketProfile(keys.size(), keys));
    }
}
