package dev.muster.cli.option;

import dev.muster.audit.prefix.BreakdownSettings;
import dev.muster.audit.prefix.GroupKind;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import dev.muster.report.AuditFormat;
import dev.muster.report.BreakdownView;
import dev.muster.report.BreakdownView.GroupTable;
import dev.muster.report.PrefixOrder;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options of totals per prefix and per group. */
public final class BreakdownOptions {
    private static final int DEEPEST = 1024;
    private static final int MOST_PREFIXES = 1_000_000;
    private static final int FEWEST_PREFIXES = 4;
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%?");
    private static final Pattern GROUP =
            Pattern.compile("(extension|storage-class|account|region|owner|age|size)|prefix:(\\d{1,4})");

    @Option(
            names = {"-d", "--depth"},
            paramLabel = "N",
            description = "totals per prefix, down to N levels (also --max-depth)")
    Integer depth;

    @Option(names = "--delimiter", paramLabel = "TEXT", description = "what ends a prefix (default: ${DEFAULT-VALUE})")
    String delimiter;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "show the N largest prefixes below each prefix, and N groups; 0 for all (default:"
                    + " ${DEFAULT-VALUE})")
    int top;

    @Option(
            names = "--min-share",
            paramLabel = "PERCENT",
            description = "show prefixes with at least that share of all, such as 1%%")
    String minShare = "";

    @Option(
            names = "--sort",
            paramLabel = "BY",
            description = "bytes (or size), objects, name or modified (default: ${DEFAULT-VALUE})")
    PrefixOrder sort;

    @Option(
            names = "--max-prefixes",
            paramLabel = "N",
            description = "keep at most N prefixes of a bucket in memory; the smaller ones are (other)"
                    + " (default: ${DEFAULT-VALUE})")
    int maxPrefixes;

    @Option(
            names = "--group-by",
            paramLabel = "BY",
            split = ",",
            description =
                    "tables of all buckets by extension, storage-class, account, region, owner, prefix:N, age or size")
    List<String> groupBy = List.of();

    /**
     * Checks what picocli cannot.
     *
     * @param ofPrefixes whether the command is about prefixes, whatever the depth
     */
    public void validate(ParseResult given, AuditFormat format, boolean ofPrefixes) {
        if (depth != null && (depth < 0 || depth > DEEPEST)) {
            throw wrong("--depth is " + depth + ": give 0 to " + DEEPEST);
        }
        if (delimiter.isEmpty()) {
            throw wrong("--delimiter is empty: give what ends a prefix, such as /");
        }
        if (top < 0) {
            throw wrong("--top is " + top + ": give how many prefixes to show, or 0 for all");
        }
        if (maxPrefixes < FEWEST_PREFIXES || maxPrefixes > MOST_PREFIXES) {
            throw wrong("--max-prefixes is " + maxPrefixes + ": give " + FEWEST_PREFIXES + " to " + MOST_PREFIXES);
        }
        share();
        groups();
        if (depth == null && groupBy.isEmpty()) {
            Stream.of("--delimiter", "--top", "--min-share", "--sort", "--max-prefixes")
                    .filter(given::hasMatchedOption)
                    .findFirst()
                    .ifPresent(option -> {
                        throw wrong(option + " is about prefixes: give --depth too" + otherwise(option));
                    });
        }
        if (format == AuditFormat.CSV) {
            if (!groupBy.isEmpty()) {
                throw wrong("--group-by has no effect with --format csv: leave it out, or give --format json");
            } else if (depth != null && !ofPrefixes) {
                throw wrong("--depth has no effect with --format csv, which has a row per bucket: give --format json,"
                        + " or ask muster du for a row per prefix");
            }
        }
    }

    /** An option about objects that may have been meant. */
    private static String otherwise(String option) {
        return switch (option) {
            case "--top" -> ", or --numfiles for objects per list";
            case "--sort" -> ", or --largest, --newest or --oldest for lists of objects";
            default -> "";
        };
    }

    /** The tables to count, below the prefix that all keys have. */
    public BreakdownSettings settings(String root) {
        int deepest = depth == null ? -1 : depth;
        Set<GroupKind> groupings = EnumSet.noneOf(GroupKind.class);
        for (GroupTable table : groups()) {
            switch (table.name()) {
                case "prefix" -> deepest = Math.max(deepest, table.level());
                case "extension", "owner", "age", "size" ->
                    groupings.add(GroupKind.valueOf(table.name().toUpperCase(Locale.ROOT)));
                default -> {}
            }
        }
        return new BreakdownSettings(root, delimiter, deepest, groupings, maxPrefixes);
    }

    public BreakdownView view() {
        return new BreakdownView(depth == null ? -1 : depth, top, share(), sort, groups());
    }

    private double share() {
        if (minShare.isEmpty()) {
            return 0;
        }
        Matcher share = SHARE.matcher(minShare.strip());
        if (!share.matches() || Double.parseDouble(share.group(1)) > 100) {
            throw wrong("--min-share is " + minShare + ": give a share such as 1% or 0.5%");
        }
        return Double.parseDouble(share.group(1)) / 100;
    }

    private List<GroupTable> groups() {
        return groupBy.stream().map(BreakdownOptions::group).distinct().toList();
    }

    private static GroupTable group(String text) {
        Matcher group = GROUP.matcher(text.strip());
        if (!group.matches() || "prefix:0".equals(text)) {
            throw wrong(
                    "--group-by is " + text
                            + ": give extension, storage-class, account, region, owner, age, size, or prefix:1 for the first level");
        }
        return group.group(1) != null
                ? new GroupTable(group.group(1), 0)
                : new GroupTable("prefix", Math.min(DEEPEST, Integer.parseInt(group.group(2))));
    }

    private static UserException wrong(String message) {
        return new UserException(ExitCodes.USAGE, message);
    }
}
