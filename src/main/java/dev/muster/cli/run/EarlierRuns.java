package dev.muster.cli.run;

import dev.muster.audit.profile.BucketProfile;
import dev.muster.audit.profile.FileProfileStore;
import dev.muster.aws.AwsClients;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.cli.option.SourceOptions;
import dev.muster.report.RunEstimate;
import dev.muster.report.RunEstimate.Line;
import dev.muster.report.cost.CostTerms;
import dev.muster.report.saved.ReportHistory;
import dev.muster.report.saved.SavedReport;
import dev.muster.report.saved.SavedReportReader;
import dev.muster.report.saved.SavedRow;
import dev.muster.report.saved.UnreadableReportException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Knowledge of earlier runs about the next one. */
public final class EarlierRuns {
    private final CommandContext commandContext;
    private final SourceOptions source;
    private final CostTerms terms;

    public EarlierRuns(CommandContext commandContext, SourceOptions source, CostTerms terms) {
        this.commandContext = commandContext;
        this.source = source;
        this.terms = terms;
    }

    /**
     * Estimates the requests of a run. A report is of no use for a prefix, as it does not tell of which keys it is.
     *
     * @param clients are made where buckets are named of which the history knows nothing: what was learned of them is kept
     *     by account
     */
    public RunEstimate estimate(Optional<ReportHistory> history, Supplier<AwsClients> clients) {
        Optional<SavedReport> last = source.prefix().isEmpty() ? history.flatMap(this::last) : Optional.empty();
        List<Line> lines = new ArrayList<>();
        Set<String> accounts = new HashSet<>();
        Set<String> seen = new HashSet<>();
        last.ifPresent(report -> {
            String from = "the report of " + report.startedAt().toString().substring(0, 10);
            for (SavedRow row : report.buckets()) {
                if (row.bucket() != null && source.buckets().accepts(row.bucket())) {
                    accounts.add(String.valueOf(row.accountId()));
                    seen.add(row.bucket());
                    lines.add(Line.of(row, terms, from).orElseGet(() -> Line.of(row.bucket(), 0, terms, "")));
                }
            }
        });
        boolean named = source.buckets().namesAll();
        List<String> unseen = named
                ? source.buckets().include().stream()
                        .filter(name -> !seen.contains(name))
                        .toList()
                : List.of();
        if (!unseen.isEmpty()) {
            lines.addAll(learned(unseen, clients));
        }
        if (lines.isEmpty()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--estimate knows of no bucket: name some, or give --history with the directory of earlier reports"
                            + (source.prefix().isEmpty() ? "" : ", and no prefix"));
        }
        return new RunEstimate(lines, named ? 0 : accounts.size(), terms);
    }

    private List<Line> learned(List<String> names, Supplier<AwsClients> made) {
        try (AwsClients clients = made.get()) {
            Optional<FileProfileStore> store = AuditProfiles.open(commandContext, source, clients);
            String account = store.isEmpty() ? "" : CallerIdentity.account(clients, false, commandContext.console());
            return names.stream()
                    .map(name -> {
                        Optional<BucketProfile> profile = store.flatMap(kept -> kept.recall(account, name));
                        return Line.of(
                                name,
                                profile.map(BucketProfile::pages).orElse(0L),
                                terms,
                                profile.isPresent() ? "what was learned of it" : "");
                    })
                    .toList();
        }
    }

    /** The last report; empty if there is none yet. */
    private Optional<SavedReport> last(ReportHistory history) {
        try {
            List<Path> files = history.files();
            return files.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SavedReportReader.read(files.get(files.size() - 1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UserException(ExitCodes.USAGE, "--history: cannot read it: " + FileErrors.reason(e), e);
        } catch (UnreadableReportException e) {
            throw new UserException(ExitCodes.USAGE, "--history: " + e.getMessage(), e);
        }
    }
}
