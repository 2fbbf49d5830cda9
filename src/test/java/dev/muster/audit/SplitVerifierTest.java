package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.SplitVerifier.Doubt;
import dev.muster.audit.split.KeyRange;
import dev.muster.audit.split.ListedPage;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitVerifierTest {
    private static final KeyRange LEFT = new KeyRange("a", "m");
    private static final KeyRange RIGHT = new KeyRange("m", "");
    private static final ListedPage NOTHING = new ListedPage(0, List.of(), false);
    private static final ListedPage LAST = new ListedPage(1, List.of("b"), false);
    private static final ListedPage FULL = new ListedPage(1, List.of("c"), true);

    private final SplitVerifier splitVerifier = new SplitVerifier();

    @BeforeEach
    void cut() {
        splitVerifier.cut(List.of(LEFT, RIGHT));
    }

    @Test
    void nothingBehindACutIsDoubtedWhereKeysWereSeenThere() {
        assertThat(splitVerifier.listed(RIGHT, NOTHING, false)).isEmpty();
        assertThat(splitVerifier.listed(LEFT, FULL, false)).isEmpty();
        assertThat(splitVerifier.listed(new KeyRange("c", "m"), LAST, true)).hasValue(new Doubt(RIGHT, false));
        assertThat(splitVerifier.listed(RIGHT, NOTHING, false)).hasValue(new Doubt(RIGHT, true));
    }

    @Test
    void theOrderOfTheAnswersDoesNotMatter() {
        assertThat(splitVerifier.listed(LEFT, LAST, true)).isEmpty();
        assertThat(splitVerifier.listed(RIGHT, NOTHING, false)).hasValue(new Doubt(RIGHT, false));
    }

    @Test
    void keysThatCameMeanwhileAreListedTheSecondTime() {
        splitVerifier.listed(RIGHT, NOTHING, false);
        splitVerifier.listed(LEFT, LAST, true);

        assertThat(splitVerifier.listed(RIGHT, LAST, false)).isEmpty();
    }

    @Test
    void answersThatAgreeAreNotDoubted() {
        assertThat(splitVerifier.listed(LEFT, LAST, false)).isEmpty();
        assertThat(splitVerifier.listed(RIGHT, NOTHING, false)).isEmpty();
    }

    @Test
    void aRangeThatIsPassedByWasHeard() {
        KeyRange narrow = new KeyRange("m", "n");
        splitVerifier.cut(List.of(LEFT, narrow, new KeyRange("n", "")));

        assertThat(splitVerifier.listed(narrow, NOTHING, true)).isEmpty();
        assertThat(splitVerifier.listed(LEFT, LAST, true)).isEmpty();
    }

    @Test
    void aRangeThatWasNotCutHereIsNotDoubted() {
        assertThat(splitVerifier.listed(new KeyRange("a", "q"), LAST, true)).isEmpty();
        assertThat(splitVerifier.listed(new KeyRange("q", ""), NOTHING, false)).isEmpty();
    }
}
