package dev.muster.contacts.check;

import dev.muster.contacts.check.ContactCheck.Problem;
import dev.muster.contacts.collect.ContactsPartial;
import dev.muster.output.check.Metric;
import dev.muster.output.check.Unit;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Numbers of contacts that checks can compare. Those of findings are known only where the contacts are judged. */
public final class ContactsMetrics {
    /** Findings that are known only if the contacts are judged. */
    private static final Set<String> JUDGED =
            Set.of("findings", "accounts_with_findings", "missing", "placeholders", "root_addresses", "other_domains");

    private ContactsMetrics() {}

    /** The numbers, with contacts judged by a check. */
    public static List<Metric<ContactsPartial>> of(ContactCheck check) {
        return List.of(
                Metric.of("accounts", Unit.COUNT, ContactsPartial::accountCount),
                Metric.of("contacts", Unit.COUNT, ContactsPartial::contactCount),
                Metric.of(
                        "failures", Unit.COUNT, found -> (long) found.failures().size()),
                judged("findings", check, report -> report.findings().size()),
                judged("accounts_with_findings", check, MissingReport::accountsConcerned),
                judged("missing", check, report -> count(report, Problem.MISSING)),
                judged("placeholders", check, report -> count(report, Problem.PLACEHOLDER)),
                judged("root_addresses", check, report -> count(report, Problem.ROOT_ADDRESS)),
                judged("other_domains", check, report -> count(report, Problem.OTHER_DOMAIN)));
    }

    /** Tells whether a number is known only where the contacts are judged. */
    public static boolean isJudged(String name) {
        return JUDGED.contains(name);
    }

    private static Metric<ContactsPartial> judged(
            String name, ContactCheck check, ToLongFunction<MissingReport> value) {
        return Metric.of(name, Unit.COUNT, found -> value.applyAsLong(MissingReport.of(found, check)));
    }

    private static long count(MissingReport report, Problem problem) {
        return report.findings().stream()
                .filter(finding -> finding.problem() == problem)
                .count();
    }
}
