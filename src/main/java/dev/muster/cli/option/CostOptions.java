package dev.muster.cli.option;

import dev.muster.audit.ObjectFilter;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.cli.console.FileErrors;
import dev.muster.report.cost.CostTerms;
import dev.muster.report.cost.PriceTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of what storage costs. */
public final class CostOptions {
    private static final String OF_OTHERS =
            "--endpoint-url and its like name a server whose prices are not Amazon's;" + " --prices FILE gives its own";

    @Option(
            names = "--cost",
            fallbackValue = "true",
            description = "what is stored costs so much a month by Amazon's list prices, and what of it can be saved")
    public boolean cost;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description =
                    "with --cost: prices of your own, for other servers than AWS's too; the manual has the format")
    Path prices;

    @Option(
            names = "--estimate",
            fallbackValue = "true",
            description =
                    "do not run, but say how many requests that would take, and what they cost, as far as an earlier"
                            + " run tells: the last report of --history, or what was learned of the buckets that are named")
    public boolean estimate;

    /** Checks what picocli cannot. */
    public void validate() {
        if (prices != null && !cost && !estimate) {
            throw new UserException(ExitCodes.USAGE, "--prices is for --cost and --estimate: give one of them too");
        }
        table();
    }

    /**
     * The terms of the cost.
     *
     * @param settings tell whether the server is Amazon's
     */
    public CostTerms terms(SourceOptions source, boolean uploads, ObjectFilter filter, AwsSettings settings) {
        boolean amazons = settings.endpointOf("s3").isEmpty();
        Optional<PriceTable> table = table().or(() -> amazons ? Optional.of(PriceTable.bundled()) : Optional.empty());
        return new CostTerms(
                table,
                table.isPresent() ? "" : OF_OTHERS,
                source.prefix(),
                source.versions,
                uploads,
                !filter.terms().isEmpty());
    }

    private Optional<PriceTable> table() {
        if (prices == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(PriceTable.parse(Files.readString(prices)));
        } catch (IOException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--prices: cannot read " + prices + ": " + FileErrors.reason(e) + "; give a table of prices",
                    e);
        } catch (IllegalArgumentException e) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--prices: " + prices + " is no table of prices: " + e.getMessage() + "; the manual has the format",
                    e);
        }
    }
}
