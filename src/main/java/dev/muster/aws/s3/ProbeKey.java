package dev.muster.aws.s3;

import java.util.UUID;

/**
 * Names of the object by which a server is tested. Others may use the same name at the same time; a unique name is
 * inserted between the two parts.
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

    /** The folder of the object: the key's beginning up to and including the last slash. */
    public String folder() {
        return start.substring(0, start.lastIndexOf('/') + 1);
    }
}
