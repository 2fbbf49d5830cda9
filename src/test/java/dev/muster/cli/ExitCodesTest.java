package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cli.ExitCodes.Found;
import dev.muster.engine.Failure;
import dev.muster.engine.RunResult.RunEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodesTest {
    @ParameterizedTest
    @CsvSource({"ALL, 0", "SOME, 3", "NOTHING, 1", "NO_MATCH, 2"})
    void aRunThatCameToItsEndIsJudgedByWhatItFound(Found found, int code) {
        assertThat(ExitCodes.of(new RunEnd.Complete(), found)).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(Found.class)
    void whatARunFoundDoesNotMatterIfItDidNotComeToItsEnd(Found found) {
        assertThat(ExitCodes.of(new RunEnd.Interrupted(), found)).isEqualTo(ExitCodes.INTERRUPTED);
        assertThat(ExitCodes.of(new RunEnd.Halted(new Failure(Failure.Kind.UNFIT, "Expired", "renew")), found))
                .isEqualTo(ExitCodes.FAILED);
    }

    @Test
    void aRunThatLacksSomethingIsIncomplete() {
        assertThat(ExitCodes.of(new RunEnd.Complete(), false)).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(ExitCodes.of(new RunEnd.Complete(), true)).isEqualTo(ExitCodes.COMPLETE);
    }
}
