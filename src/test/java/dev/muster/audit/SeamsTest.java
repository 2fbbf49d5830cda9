package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.Seams.Doubt;
import dev.muster.audit.range.Page;
import dev.muster.audit.range.Range;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeamsTest {
    private static final Range LEFT = new Range("a", "m");
    private static final Range RIGHT = new Range("m", "");
    private static final Page NOTHING = new Page(0, List.of(), false);
    private static final Page LAST = new Page(1, List.of("b"), false);
    private static final Page FULL = new Page(1, List.of("c"), true);

    private final Seams seams = new Seams();

    @BeforeEach
    void cut() {
        seams.cut(List.of(LEFT, RIGHT));
    }

    @Test
    void nothingBehindACutIsDoubtedWhereKeysWereSeenThere() {
        assertThat(seams.listed(RIGHT, NOTHING, false)).isEmpty();
        assertThat(seams.listed(LEFT, FULL, false)).isEmpty();
        assertThat(seams.listed(new Range("c", "m"), LAST, true)).hasValue(new Doubt(RIGHT, false));
        assertThat(seams.listed(RIGHT, NOTHING, false)).hasValue(new Doubt(RIGHT, true));
    }

    @Test
    void theOrderOfTheAnswersDoesNotMatter() {
        assertThat(seams.listed(LEFT, LAST, true)).isEmpty();
        assertThat(seams.listed(RIGHT, NOTHING, false)).hasValue(new Doubt(RIGHT, false));
    }

    @Test
    void keysThatCameMeanwhileAreListedTheSecondTime() {
        seams.listed(RIGHT, NOTHING, false);
        seams.listed(LEFT, LAST, true);

        assertThat(seams.listed(RIGHT, LAST, false)).isEmpty();
    }

    @Test
    void answersThatAgreeAreNotDoubted() {
        assertThat(seams.listed(LEFT, LAST, false)).isEmpty();
        assertThat(seams.listed(RIGHT, NOTHING, false)).isEmpty();
    }

    @Test
    void aRangeThatIsPassedByWasHeard() {
        Range narrow = new Range("m", "n");
        seams.cut(List.of(LEFT, narrow, new Range("n", "")));

        assertThat(seams.listed(narrow, NOTHING, true)).isEmpty();
        assertThat(seams.listed(LEFT, LAST, true)).isEmpty();
    }

    @Test
    void aRangeThatWasNotCutHereIsNotDoubted() {
        assertThat(seams.listed(new Range("a", "q"), LAST, true)).isEmpty();
        assertThat(seams.listed(new Range("q", ""), NOTHING, false)).isEmpty();
    }
}
