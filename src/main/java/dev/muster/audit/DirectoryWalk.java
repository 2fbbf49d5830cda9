package dev.muster.audit;

import dev.muster.audit.split.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Listing of a directory bucket. Its keys are unordered, so it is split into directories instead of ranges. Each is
 * listed with everything below it, page after page. If the first page shows that there is more and listers are idle,
 * the directory is started again with the directories directly below it as tasks of their own, and the page does not
 * count.
 */
final class DirectoryWalk {
    /** With fewer objects per directory, a request for each costs more than it saves. */
    private static final int OBJECTS_WORTH_A_REQUEST = 20;

    private DirectoryWalk() {}

    /** First task: the directory that a prefix lies in, as a whole only if the prefix names all of it. */
    static AuditTask begin(BucketLocation target, String prefix) {
        String directory = directory(prefix);
        return new AuditTask.ListDirectory(target, directory, directory.equals(prefix), Optional.empty());
    }

    /** The directory that a prefix lies in. */
    static String directory(String prefix) {
        return prefix.substring(0, prefix.lastIndexOf(Probe.DELIMITER) + 1);
    }

    /** Tells whether a page is to be listed again in parts instead of being counted. */
    static boolean divides(AuditTask.ListDirectory work, AuditResult.Directory found, int spare) {
        return work.deep()
                && work.token().isEmpty()
                && found.next().isPresent()
                && spare > 1
                && found.directories() > 0
                && found.objects() >= (long) OBJECTS_WORTH_A_REQUEST * found.directories();
    }

    /** The directory in parts. */
    static AuditTask divided(AuditTask.ListDirectory work) {
        return new AuditTask.ListDirectory(work.target(), work.prefix(), false, Optional.empty());
    }

    /**
     * Follow-up tasks of a page that counts. Directories come first, so that the queue holds those of a few pages at
     * most.
     */
    static List<AuditTask> after(AuditTask.ListDirectory work, AuditResult.Directory found) {
        List<AuditTask> next = new ArrayList<>();
        found.prefixes()
                .forEach(
                        prefix -> next.add(new AuditTask.ListDirectory(work.target(), prefix, true, Optional.empty())));
        found.next()
                .ifPresent(token -> next.add(
                        new AuditTask.ListDirectory(work.target(), work.prefix(), work.deep(), Optional.of(token))));
        return next;
    }
}
