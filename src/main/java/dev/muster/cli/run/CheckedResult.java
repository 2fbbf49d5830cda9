package dev.muster.cli.run;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.console.Console;
import dev.muster.output.TerminalText;
import dev.muster.output.check.Check;
import java.util.List;

/** Exit code of a result that is to pass checks. */
public final class CheckedResult {
    private CheckedResult() {}

    /**
     * Says which checks failed, and gives the code of the whole: that of a failed check if any, as more of an incomplete
     * result would not undo it.
     *
     * @param code of the result without checks; a run that failed or was interrupted is not checked
     */
    public static <R> int of(int code, R report, List<Check<R>> checks, Console console) {
        if (code != ExitCodes.COMPLETE && code != ExitCodes.INCOMPLETE) {
            return code;
        }
        int worst = code;
        for (Check<R> check : checks) {
            Check.Outcome outcome = check.of(report);
            if (outcome != Check.Outcome.PASSED) {
                console.line("muster: " + TerminalText.escape(check.sentence(report)));
                worst = Math.max(
                        worst, outcome == Check.Outcome.FAILED ? ExitCodes.CHECK_FAILED : ExitCodes.INCOMPLETE);
            }
        }
        return worst;
    }
}
