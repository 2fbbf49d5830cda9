package dev.muster.events.message;

import static java.util.Objects.requireNonNull;

/** Classification of a message. */
public sealed interface Classification {
    /** Its line goes to the file of its day, eight digits. */
    record Kept(String day, String line) implements Classification {
        public Kept {
            requireNonNull(day, "day is null");
            requireNonNull(line, "line is null");
        }
    }

    /** Not wanted: counted by the field whose rule failed first, and its value. */
    record Dropped(String field, String value) implements Classification {
        public Dropped {
            requireNonNull(field, "field is null");
            requireNonNull(value, "value is null");
        }
    }

    /** No line can be made of it. The reason tells nothing of its content. */
    record Poison(String reason) implements Classification {
        public Poison {
            requireNonNull(reason, "reason is null");
        }
    }
}
