package dev.muster.contacts.set;

import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.engine.Demand;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.Plan;
import dev.muster.engine.Step;
import dev.muster.engine.Summary;
import dev.muster.engine.TaskPolicy;
import dev.muster.engine.limit.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the changes of a plan, each a task, at the quota of its operation. */
public final class ApplyJob {
    private ApplyJob() {}

    /** Result of a change: only that it is made. */
    public record Made() {}

    /**
     * A job that makes each change once, and again only where it is not known to be made.
     *
     * @param timeout for one request
     */
    public static Job<Change, Made, ApplyPartial> create(
            SetPlan plan, RequestQuotaTable quotas, Duration timeout, Executor<Change, Made> executor) {
        return new Job<>(
                "contacts-set",
                new TreeMap<>(Map.of("changes", Integer.toString(plan.changes().hashCode()))),
                new ApplyPlan(plan.changes(), quotas, timeout),
                executor,
                new ApplySummary(plan.changes().size()),
                Output.none(),
                Change.class,
                ApplyPartial.class);
    }

    private record ApplyPlan(List<Change> changes, RequestQuotaTable quotas, Duration timeout)
            implements Plan<Change, Made, ApplyPartial> {
        @Override
        public List<Change> seeds() {
            return changes;
        }

        @Override
        public Step<Change, ApplyPartial> completed(Change task, Made result, Demand demand) {
            return Step.of(new ApplyPartial(1, List.of()));
        }

        @Override
        public Step<Change, ApplyPartial> abandoned(Change task, Failure failure) {
            return Step.of(new ApplyPartial(
                    0,
                    List.of(new ContactFailure(
                            Optional.of(task.accountId()), task.subject(), failure.code(), failure.message()))));
        }

        @Override
        public TaskPolicy terms(Change task) {
            return new TaskPolicy(task.operation(), timeout, false);
        }

        @Override
        public Optional<Quota> quota(String resource) {
            return quotas.of(resource);
        }
    }

    private record ApplySummary(long changes) implements Summary<ApplyPartial> {
        @Override
        public ApplyPartial empty() {
            return new ApplyPartial(0, List.of());
        }

        @Override
        public ApplyPartial merge(ApplyPartial left, ApplyPartial right) {
            List<ContactFailure> failures = new ArrayList<>(left.failures());
            failures.addAll(right.failures());
            return new ApplyPartial(left.applied() + right.applied(), failures);
        }

        @Override
        public Map<String, Long> counts(ApplyPartial partial) {
            return Map.of(
                    "changes",
                    changes,
                    "changes_done",
                    partial.applied() + partial.failures().size());
        }
    }
}
