package dev.muster.events;

import static java.util.Objects.requireNonNull;

import dev.muster.events.day.Parcel;
import dev.muster.events.message.MessageRules;
import dev.muster.events.message.Verdict;
import dev.muster.events.queue.Received;
import java.util.Optional;

/**
 * Sorts by the rules: lines to their day, the rest to be deleted or set aside.
 *
 * @param quarantine whether poison is set aside rather than left to the queue's redrive policy
 */
record RulesSorter(MessageRules rules, boolean quarantine) implements Sorter {
    RulesSorter {
        requireNonNull(rules, "rules is null");
    }

    @Override
    public Optional<Placed> sort(Received message, EventsSummary.Builder counts) {
        counts.sentAt(message.sentMillis());
        Verdict verdict = rules.judge(message.body());
        if (verdict instanceof Verdict.Poison poison) {
            counts.poison(quarantine ? Count.QUARANTINED : Count.LEFT, poison.reason());
            if (!quarantine) {
                return Optional.empty();
            }
        } else if (verdict instanceof Verdict.Dropped dropped) {
            counts.dropped(dropped.field(), dropped.value());
        } else {
            counts.add(Count.KEPT, 1);
        }
        return Optional.of(new Placed(
                Destination.of(verdict), new Parcel(message.receipt(), Destination.content(verdict, message))));
    }
}
