package dev.muster.aws.s3;

import java.util.UUID;

/**
 * Names of the object by which a server is tried. Others may use the same name at the same time; a name of its own is
 * between the two parts.
 *
 * @param start of the key
 * @param end of the key; may be empty
 */
public record ProbeKey(String start, String end) {
    String shared() {
        return start + end;
    }

    String own() {
        return start + "-" + UUID.randomUUID() + end;
    }

    /** The place of the object, with the slash at its end: what the key begins with as far as the last one. */
    public String folder() {
        return start.substring(0, start.lastIndexOf('/') + 1);
    }
}
