package dev.muster.contacts.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.Organizations.MemberAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OrgUnitCursorTest {
    private static final MemberAccount FIRST = new MemberAccount("111111111111", "a", Optional.empty(), "ACTIVE");
    private static final MemberAccount SECOND = new MemberAccount("222222222222", "b", Optional.empty(), "ACTIVE");

    @Test
    void aNestedUnitIsVisitedOnceAndAMovedAccountCountsOnce() {
        OrgUnitCursor walk = OrgUnitCursor.from(List.of("ou-outer", "ou-inner", "ou-outer"));
        assertThat(walk.unknown(List.of(FIRST))).containsExactly(FIRST);
        walk = walk.afterAccounts(List.of(FIRST), Optional.empty());
        assertThat(walk.inAccounts()).isFalse();

        walk = walk.afterUnits(List.of("ou-inner"), Optional.empty()).orElseThrow();

        assertThat(walk.unit()).isEqualTo("ou-inner");
        assertThat(walk.unknown(List.of(FIRST, SECOND))).containsExactly(SECOND);
        walk = walk.afterAccounts(List.of(FIRST, SECOND), Optional.empty());
        assertThat(walk.afterUnits(List.of(), Optional.empty())).isEmpty();
    }

    @Test
    void anEmptyPageWithATokenIsNotTheEnd() {
        OrgUnitCursor walk = OrgUnitCursor.from(List.of("ou-a")).afterAccounts(List.of(), Optional.of("next"));

        assertThat(walk.inAccounts()).isTrue();
        assertThat(walk.token()).contains("next");
        walk = walk.afterAccounts(List.of(), Optional.empty());
        assertThat(walk.afterUnits(List.of(), Optional.of("more")).orElseThrow().inAccounts())
                .isFalse();
    }

    @Test
    void afterAFailureTheRestIsStillReached() {
        OrgUnitCursor walk = OrgUnitCursor.from(List.of("ou-a", "ou-b"));

        OrgUnitCursor inUnits = walk.afterFailure().orElseThrow();
        assertThat(inUnits.unit()).isEqualTo("ou-a");
        assertThat(inUnits.inAccounts()).isFalse();
        assertThat(inUnits.afterFailure().orElseThrow().unit()).isEqualTo("ou-b");
    }
}
