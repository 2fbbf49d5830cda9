package dev.muster.contacts.set;

import dev.muster.contacts.ContactFailure;
import dev.muster.contacts.RequestQuotaTable;
import dev.muster.contacts.set.StateDiff.SetPreview;
import dev.muster.engine.Executor;
import dev.muster.engine.Failure;
import dev.muster.engine.Job;
import dev.muster.engine.Output;
import dev.muster.engine.Plan;
import dev.muster.engine.Plan.Demand;
import dev.muster.engine.Plan.Step;
import dev.muster.engine.Plan.TaskPolicy;
import dev.muster.engine.Summary;
import dev.muster.engine.limit.RateLimiter.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the previewed changes, each as a task within the quota of its operation. */
public final class SetJob {
    private SetJob() {}

    /**
     * A job that makes each change once, and again only if its outcome is unknown.
     *
     * @param timeout for one request
     */
    public static Job<SetTask, SetResult, SetPartial> create(
            SetPreview preview, RequestQuotaTable quotas, Duration timeout, Executor<SetTask, SetResult> executor) {
        return new Job<>(
                "contacts-set",
                new TreeMap<>(
                        Map.of("changes", Integer.toString(preview.changes().hashCode()))),
                new SetPlan(preview.changes(), quotas, timeout),
                executor,
                new SetSummary(preview.changes().size()),
                Output.none(),
                SetTask.class,
                SetPartial.class);
    }

    private record SetPlan(List<SetTask> changes, RequestQuotaTable quotas, Duration timeout)
            implements Plan<SetTask, SetResult, SetPartial> {
        @Override
        public List<SetTask> seeds() {
            return changes;
        }

        @Override
        public Step<SetTask, SetPartial> completed(SetTask task, SetResult result, Demand demand) {
            return Step.of(new SetPartial(1, List.of()));
        }

        @Override
        public Step<SetTask, SetPartial> abandoned(SetTask task, Failure failure) {
            return Step.of(new SetPartial(
                    0,
                    List.of(new ContactFailure(
                            Optional.of(task.accountId()), task.subject(), failure.code(), failure.message()))));
        }

        @Override
        public TaskPolicy terms(SetTask task) {
            return new TaskPolicy(task.operation(), timeout, false);
        }

        @Override
        public Optional<Quota> quota(String resource) {
            return quotas.of(resource);
        }
    }

    private record SetSummary(long changes) implements Summary<SetPartial> {
        @Override
        public SetPartial empty() {
            return new SetPartial(0, List.of());
        }

        @Override
        public SetPartial merge(SetPartial left, SetPartial right) {
            List<ContactFailure> failures = new ArrayList<>(left.failures());
            failures.addAll(right.failures());
            return new SetPartial(left.applied() + right.applied(), failures);
        }

        @Override
        public boolean complete(SetPartial partial) {
            return partial.failures().isEmpty();
        }

        @Override
        public Map<String, Long> counts(SetPartial partial) {
            return Map.of(
                    "changes",
                    changes,
                    "changes_done",
                    partial.applied() + partial.failures().size());
        }
    }

    /** Result of a change that was made. */
    public record SetResult() {}

    /** Number of changes made, and failures of those that could not be made. */
    public record SetPartial(long applied, List<ContactFailure> failures) {
        public SetPartial {
            failures = List.copyOf(failures);
        }
    }
}
