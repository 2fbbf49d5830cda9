package dev.muster.aws.s3;

import java.util.Arrays;

/**
 * Watches the grammar and learns the markup between an entry's values, one piece per field that it follows. What the
 * markup did has to depend on its bytes alone: nothing is learned across a value of the page itself, a namespace
 * declaration, or entries whose tags differ.
 */
final class MarkupMemory {
    private static final int NOTHING = -1;

    private final LearnedMarkup[] after = new LearnedMarkup[ListingElement.ENTRY_FIELDS];
    private byte[] entryName = new byte[0];
    private ListingElement left;
    private int leftAt = NOTHING;
    private ListingElement begun;
    private int entriesBegun;

    /** The markup that followed the field's value the last time, or null. */
    LearnedMarkup after(ListingElement field) {
        return after[field.index];
    }

    /** A value ended at the given index, where its end tag begins. */
    void leave(ListingElement field, int at) {
        left = field;
        leftAt = at;
        entriesBegun = 0;
        begun = null;
    }

    /** What happens now does not depend on the markup alone, or moves it. */
    void forgetPlace() {
        leftAt = NOTHING;
    }

    /** An entry begins with the scanner's last tag. */
    void beginEntry(XmlScanner scanner, ListingElement kind) {
        boolean plain = scanner.buffer[scanner.nameEnd] == '>';
        boolean same =
                Arrays.equals(scanner.buffer, scanner.nameStart, scanner.nameEnd, entryName, 0, entryName.length);
        if (!same) {
            entryName = Arrays.copyOfRange(scanner.buffer, scanner.nameStart, scanner.nameEnd);
            Arrays.fill(after, null);
        }
        if (!same || !plain || ++entriesBegun > 1) {
            forgetPlace();
        }
        begun = kind;
    }

    /** A value begins behind the scanner's last tag. */
    void reach(XmlScanner scanner, ListingElement field, int behindTag) {
        if (leftAt != NOTHING && !scanner.selfClosing && behindTag - leftAt <= LearnedMarkup.LONGEST) {
            after[left.index] = new LearnedMarkup(scanner, leftAt, behindTag, field, begun);
        }
        forgetPlace();
    }
}
