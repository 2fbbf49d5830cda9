package dev.muster.cli.option;

import dev.muster.audit.AuditScope;
import dev.muster.audit.BucketFilter;
import dev.muster.audit.ObjectFilter;
import dev.muster.aws.AwsSettings;
import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** Options about which buckets are listed, and how. */
public final class SourceOptions {
    /** Separator of names. One at the end is kept, so that the empty name after it is noticed. */
    private static final String BETWEEN = ",(?!$)";

    /** Pattern of a role's name with an optional path. */
    private static final String ROLE = "([!-~]+/)?[\\w+=,.@-]{1,64}";

    @Parameters(
            paramLabel = "SOURCE",
            arity = "0..*",
            description = "only these buckets: names, or s3://bucket/prefix; needs no permission to list buckets")
    List<String> sources = List.of();

    @Option(
            names = "--include",
            paramLabel = "NAME",
            split = BETWEEN,
            splitSynopsisLabel = ",",
            description = "only these buckets: names, or globs such as 'logs-*'")
    List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "NAME",
            split = BETWEEN,
            splitSynopsisLabel = ",",
            description = "not these buckets; wins over --include")
    List<String> exclude = List.of();

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "only keys with this prefix")
    String prefix = "";

    @Option(names = "--versions", fallbackValue = "true", description = "count noncurrent versions and delete markers")
    public boolean versions;

    @Option(
            names = "--directory-buckets",
            fallbackValue = "true",
            description = "also audit the directory buckets (S3 Express One Zone) of the home region")
    public boolean directoryBuckets;

    @Option(
            names = "--request-payer",
            fallbackValue = "true",
            description = "pay for requests to buckets whose owner does not")
    public boolean requestPayer;

    @Option(
            names = "--no-sign-request",
            fallbackValue = "true",
            description = "use no credentials: for public buckets, which --include names")
    public boolean unsigned;

    @Option(
            names = "--path-style",
            fallbackValue = "true",
            description = "put bucket names into the path (always so with --endpoint-url)")
    public boolean pathStyle;

    @Option(
            names = "--learn",
            negatable = true,
            fallbackValue = "true",
            description =
                    "keep what is learned about large buckets' keys, so that the next run is faster (the default)")
    public boolean learn;

    @Option(names = "--org", fallbackValue = "true", description = "audit every active account of the organization")
    public boolean org;

    @Option(
            names = "--role-name",
            paramLabel = "NAME",
            description = "with --org: the role to assume in the accounts (default: ${DEFAULT-VALUE})")
    public String roleName;

    @Option(names = "--accounts", paramLabel = "ID", split = ",", description = "with --org: only these accounts")
    public List<String> accounts = List.of();

    /** Checks what picocli cannot. A configuration may name the role that audits of organizations are to use. */
    public void validate(ParseResult given) {
        if (!accounts.isEmpty() && !org) {
            throw new UserException(ExitCodes.USAGE, "--accounts picks accounts of an organization: give --org too");
        }
        if (given.hasMatchedOption("--role-name") && !org) {
            throw new UserException(ExitCodes.USAGE, "--role-name is for accounts of an organization: give --org too");
        }
        if (org && !roleName.matches(ROLE)) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--role-name is no role's name: " + roleName + "; give one such as OrganizationAccountAccessRole");
        }
        if (unsigned && (org || (sources.isEmpty() && !buckets().namesAll()))) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--no-sign-request is for public buckets: give their exact names, as nobody may list them"
                            + (org ? ", and leave out --org" : ""));
        }
        validateSources(given);
        requireNames("--include", include);
        requireNames("--exclude", exclude);
        for (String account : accounts) {
            if (!account.matches("[0-9]{12}")) {
                throw new UserException(
                        ExitCodes.USAGE, "--accounts: " + account + " is not an account id of 12 digits");
            }
        }
    }

    /** Refuses credentials where none are used. */
    public void requireUnsigned(AwsOptions aws) {
        if (unsigned && aws.credentialsGiven()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--no-sign-request uses no credentials: leave out --profile, --keyid and --secret");
        }
    }

    /** The settings changed by these options. */
    public AwsSettings reach(AwsSettings settings) {
        AwsSettings requesting = settings.requesting(pathStyle, requestPayer);
        return unsigned ? requesting.anonymous() : requesting;
    }

    private void validateSources(ParseResult given) {
        if (sources.isEmpty()) {
            return;
        }
        for (String option : List.of("--include", "--exclude", "--org", "--directory-buckets")) {
            if (given.hasMatchedOption(option)) {
                throw new UserException(
                        ExitCodes.USAGE, option + " picks from a list of buckets: give it, or SOURCE, not both");
            }
        }
        List<String> prefixes = sources().map(S3Source::prefix).distinct().toList();
        if (prefixes.size() > 1) {
            throw new UserException(
                    ExitCodes.USAGE, "the sources have different prefixes: give " + sources.get(0) + " by itself");
        } else if (given.hasMatchedOption("--prefix") && !prefixes.get(0).isEmpty()) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "--prefix is given, and " + sources.get(0) + " has a prefix too: give one of them");
        }
    }

    private Stream<S3Source> sources() {
        return sources.stream().map(S3Source::of);
    }

    /** The prefix of the keys to audit; empty for all. */
    public String prefix() {
        return sources()
                .map(S3Source::prefix)
                .filter(own -> !own.isEmpty())
                .findFirst()
                .orElse(prefix);
    }

    /** The buckets to audit: the named sources, else by the other options or the configuration. */
    public BucketFilter buckets() {
        if (!sources.isEmpty()) {
            return BucketFilter.of(sources().map(S3Source::bucket).toList());
        }
        return new BucketFilter(
                include.stream().map(String::strip).toList(),
                exclude.stream().map(String::strip).toList(),
                unsigned);
    }

    /** Refuses empty names, which unset variables of a script cause: without names, every bucket would be selected. */
    private static void requireNames(String option, List<String> names) {
        if (names.stream().anyMatch(name -> name.isBlank() || name.endsWith(","))) {
            throw new UserException(ExitCodes.USAGE, option + " has an empty name: give names such as logs-a,logs-b");
        }
    }

    /**
     * The scope of a listing.
     *
     * @param caller the account of the credentials; empty if it could not be found out
     * @param uploads whether incomplete uploads are counted
     */
    public AuditScope scope(String caller, boolean uploads, ObjectFilter filter, AwsSettings settings) {
        return new AuditScope(
                caller,
                org ? Optional.of(roleName) : Optional.empty(),
                accounts,
                buckets(),
                prefix(),
                versions,
                uploads,
                directoryBuckets,
                settings.timeouts().request().plusSeconds(5),
                filter);
    }

    /**
     * A bucket in one of the usual notations: {@code s3://bucket/prefix}, {@code bucket} or {@code arn:aws:s3:::bucket}.
     *
     * @param prefix beginning of the keys; empty for all
     */
    public record S3Source(String bucket, String prefix) {
        /** Pattern of the notations; servers other than AWS also accept capitals. */
        private static final Pattern NAMED =
                Pattern.compile("(?:[sS]3://|arn:[^:/]*:s3:::)?([\\w.-]{1,255})(?:/(.*))?", Pattern.DOTALL);

        /**
         * The bucket of a name.
         *
         * @throws UserException if it names none
         */
        public static S3Source of(String text) {
            Matcher source = NAMED.matcher(text);
            if (!source.matches() || !Character.isLetterOrDigit(source.group(1).charAt(0))) {
                throw new UserException(
                        ExitCodes.USAGE,
                        "SOURCE is " + text + ": give a bucket such as logs or s3://logs/2024/"
                                + (text.matches(".*[*?].*") ? ", or a pattern with --include" : ""));
            }
            return new S3Source(source.group(1), source.group(2) == null ? "" : source.group(2));
        }
    }
}
