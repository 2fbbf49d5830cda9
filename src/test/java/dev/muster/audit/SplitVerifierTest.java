package dev.muster.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.audit.SplitVerifier.Doubt;
import dev.muster.audit.SplitVerifier.Verdict;
import dev.muster.audit.split.KeyRange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitVerifierTest {
    private static final KeyRange LEFT = new KeyRange("a", "m");
    private static final KeyRange RIGHT = new KeyRange("m", "");
    private static final Doubt DOUBT = new Doubt("k9", "m");

    private final SplitVerifier verifier = new SplitVerifier();

    @BeforeEach
    void cut() {
        verifier.cut(List.of(LEFT, RIGHT));
    }

    @Test
    void aRightSideThatBeginsWithTheKeySeenBehindTheCutAgrees() {
        assertThat(listed(LEFT, edges("b", "k9", "n1"))).isEmpty();
        assertThat(listed(RIGHT, edges("n1", "z", null))).isEmpty();
    }

    @Test
    void aRightSideThatBeginsWithALaterKeyIsDoubtedInWhateverOrderTheAnswersCome() {
        assertThat(listed(LEFT, edges("b", "k9", "n1"))).isEmpty();
        assertThat(listed(RIGHT, edges("n2", "z", null))).containsExactly(DOUBT);

        cut();
        assertThat(listed(RIGHT, edges("n2", "z", null))).isEmpty();
        assertThat(listed(LEFT, edges("b", "k9", "n1"))).containsExactly(DOUBT);
    }

    @Test
    void nothingBehindACutIsDoubtedWhereAKeyWasSeenThere() {
        assertThat(listed(RIGHT, nothing())).isEmpty();
        assertThat(listed(LEFT, edges("b", "k9", "n1"))).containsExactly(DOUBT);
    }

    @Test
    void keysBehindACutAreDoubtedWhereNothingWasSeenThere() {
        listed(RIGHT, edges("n1", "z", null));

        assertThat(listed(LEFT, new RangeEdges(Optional.of("b"), Optional.of("k9"), Optional.empty(), true)))
                .containsExactly(DOUBT);
    }

    @Test
    void nothingOnBothSidesAgrees() {
        assertThat(listed(LEFT, nothing())).isEmpty();
        assertThat(listed(RIGHT, nothing())).isEmpty();
    }

    @Test
    void anEmptyRangeIsHeardByTheKeyThatItShowsBehindItsEnd() {
        KeyRange narrow = new KeyRange("m", "n");
        verifier.cut(List.of(LEFT, narrow, new KeyRange("n", "")));

        assertThat(listed(narrow, new RangeEdges(Optional.empty(), Optional.empty(), Optional.of("n2"), false)))
                .isEmpty();
        assertThat(listed(LEFT, edges("b", "k9", "n1"))).containsExactly(DOUBT);
    }

    @Test
    void aPageThatEndsAtTheCutItselfShowsThatItExists() {
        listed(LEFT, new RangeEdges(Optional.of("b"), Optional.of("m"), Optional.empty(), false));

        assertThat(listed(RIGHT, edges("x", "z", null))).isEmpty();
    }

    @Test
    void theEndOfARangeThatWasResumedIsCheckedInAnyCase() {
        SplitVerifier resumed = new SplitVerifier();
        resumed.resumed(LEFT);

        assertThat(resumed.listed(new KeyRange("c", "m"), edges("d", "k9", "n1"), false, false))
                .containsExactly(DOUBT);
    }

    @Test
    void aKeyThatWasDeletedMeanwhileIsNotMissed() {
        doubt();

        assertThat(checked("n2", "n2", true)).isEqualTo(Verdict.CHANGED);
    }

    @Test
    void aKeyThatIsShownOnOneSideOnlyIsSkipped() {
        doubt();

        assertThat(checked("n1", "n2", true)).isEqualTo(Verdict.SKIPS);
    }

    @Test
    void whereKeysWereShownAndNoneIsShownToEitherSideAnyMoreTheyAreSkipped() {
        listed(LEFT, edges("b", "k9", "n1"));
        listed(RIGHT, nothing());

        assertThat(checked("", "", true)).isEqualTo(Verdict.SKIPS);
    }

    @Test
    void answersThatChangeUnderTheCheckAreAskedForAgainAFewTimes() {
        doubt();

        for (int i = 1; i < 5; i++) {
            assertThat(checked("n1", "n2", false)).isEqualTo(Verdict.CHECK_AGAIN);
        }
        assertThat(checked("n1", "n2", false)).isEqualTo(Verdict.SKIPS);
    }

    @Test
    void aKeyBehindTheCutThatTheLeftSideDoesNotShowIsNoMatterOfTheCut() {
        doubt();

        assertThat(checked("", "n2", true)).isEqualTo(Verdict.ENDS_EARLY);
    }

    @Test
    void aRangeThatWasEmptyIsListedAgainOnceItShowsKeys() {
        listed(RIGHT, nothing());
        listed(LEFT, edges("b", "k9", "n1"));

        assertThat(checked("n1", "n1", true)).isEqualTo(Verdict.LIST_AGAIN);
        assertThat(verifier.silent("m")).isEqualTo(RIGHT);
        assertThat(listed(RIGHT, edges("n1", "z", null))).isEmpty();
    }

    @Test
    void aRangeThatIsEmptyAgainThoughItShowsKeysIsSkipped() {
        listed(RIGHT, nothing());
        listed(LEFT, edges("b", "k9", "n1"));
        checked("n1", "n1", true);

        assertThat(listed(RIGHT, nothing())).containsExactly(DOUBT);
        assertThat(checked("n1", "n1", true)).isEqualTo(Verdict.SKIPS);
    }

    @Test
    void aRangeThatWasNotCutHereIsNotDoubted() {
        assertThat(listed(new KeyRange("a", "q"), edges("b", "k9", "r"))).isEmpty();
        assertThat(listed(new KeyRange("q", ""), nothing())).isEmpty();
    }

    private void doubt() {
        listed(LEFT, edges("b", "k9", "n1"));
        listed(RIGHT, edges("n2", "z", null));
    }

    private List<Doubt> listed(KeyRange range, RangeEdges edges) {
        return verifier.listed(range, edges, false, false);
    }

    private Verdict checked(String afterLast, String afterCut, boolean stable) {
        BucketLocation target = new BucketLocation("", "bucket", "us-east-1", false, 0);
        return verifier.checked(
                new AuditTask.CheckCut(target, AuditTask.Listing.OBJECTS, "k9", "m"),
                new AuditResult.Follows(Optional.of(afterLast), Optional.of(afterCut), stable));
    }

    private static RangeEdges edges(String first, String last, String beyond) {
        return new RangeEdges(Optional.of(first), Optional.of(last), Optional.ofNullable(beyond), beyond == null);
    }

    private static RangeEdges nothing() {
        return new RangeEdges(Optional.empty(), Optional.empty(), Optional.empty(), true);
    }
}
