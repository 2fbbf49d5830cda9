package dev.muster.inventory;

import dev.muster.audit.AuditSummary;
import dev.muster.engine.Summary;
import java.util.HashMap;
import java.util.Map;

/** Merges the results of tasks: totals like an audit, segments and data files by name. */
final class InventorySummary implements Summary<InventoryPartial> {
    private final AuditSummary audit;

    InventorySummary(AuditSummary audit) {
        this.audit = audit;
    }

    @Override
    public InventoryPartial empty() {
        return new InventoryPartial();
    }

    @Override
    public InventoryPartial merge(InventoryPartial left, InventoryPartial right) {
        left.merge(audit.merge(left.audit(), right.audit()), right);
        return left;
    }

    @Override
    public boolean complete(InventoryPartial partial) {
        return audit.complete(partial.audit());
    }

    /** The counts of an audit, and the {@code rows} in data files. */
    @Override
    public Map<String, Long> counts(InventoryPartial partial) {
        Map<String, Long> counts = new HashMap<>(audit.counts(partial.audit()));
        counts.put(
                "rows",
                partial.parts().stream().mapToLong(part -> part.range().rows()).sum());
        return counts;
    }
}
