package dev.muster.emulator.s3;

import dev.muster.emulator.s3.ListOperations.ListParameters;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;

/** One page of ListObjectVersions. */
final class VersionPage {
    private static final String RESULT = "ListVersionsResult";

    private final ListParameters terms;
    private final Catalogue catalogue;
    private final Grouping grouping;
    private final XmlBuffer entries = XmlBuffer.fragment(4096);
    private int count;
    private boolean truncated;
    private String lastKey = "";
    private Optional<String> lastVersion = Optional.empty();

    private VersionPage(ListParameters terms, Catalogue catalogue) {
        this.terms = terms;
        this.catalogue = catalogue;
        this.grouping = new Grouping(terms);
    }

    static Reply write(ListParameters terms, Catalogue catalogue, String keyMarker, Optional<String> versionMarker) {
        VersionPage page = new VersionPage(terms, catalogue);
        if (terms.limit() > 0) {
            page.walk(page.start(keyMarker, versionMarker));
        }
        return page.reply(keyMarker, versionMarker);
    }

    /** Begins among the versions of the marker's key, behind the version marker. */
    private Iterator<Catalogue.Entry> start(String keyMarker, Optional<String> versionMarker) {
        byte[] marker = Parameters.utf8(keyMarker);
        if (versionMarker.isEmpty()) {
            Grouping.Start start = grouping.after(marker);
            return catalogue.versions(start.bound(), start.inclusive());
        }
        Iterator<Catalogue.Entry> entries = catalogue.versions(marker, true);
        while (entries.hasNext()) {
            Catalogue.Entry entry = entries.next();
            boolean passed = !entry.key().equals(keyMarker);
            if (passed || entry.version().versionId().equals(versionMarker.get())) {
                return passed ? catalogue.versions(marker, false) : entries;
            }
        }
        return entries;
    }

    private void walk(Iterator<Catalogue.Entry> from) {
        Iterator<Catalogue.Entry> rest = from;
        while (rest.hasNext()) {
            Catalogue.Entry entry = rest.next();
            byte[] key = Parameters.utf8(entry.key());
            if (!grouping.contains(key, key.length)) {
                return;
            }
            if (count == terms.limit()) {
                truncated = true;
                return;
            }
            count++;
            int group = grouping.commonPrefix(key, key.length);
            if (group < 0) {
                writeEntry(entry);
            } else {
                byte[] common = Arrays.copyOf(key, group);
                writeCommonPrefix(common);
                rest = catalogue.versions(Parameters.beyond(common), true);
            }
        }
    }

    private void writeEntry(Catalogue.Entry entry) {
        ObjectVersion version = entry.version();
        lastKey = entry.key();
        lastVersion = Optional.of(version.versionId());
        String element = version.deleteMarker() ? "DeleteMarker" : "Version";
        terms.leaf(entries.open(element), "Key", entry.key());
        entries.leaf("VersionId", version.versionId()).leaf("IsLatest", entry.latest());
        entries.leaf("LastModified", Parameters.iso(version.modified()));
        if (!version.deleteMarker()) {
            entries.leaf("ETag", ETags.quoted(version.etag()));
            entries.leaf("Size", version.content().size());
            entries.leaf("StorageClass", version.storageClass().name());
        }
        Parameters.writeOwner(entries, "Owner", terms.owner().orElseThrow());
        entries.close(element);
    }

    private void writeCommonPrefix(byte[] prefix) {
        lastKey = Parameters.text(prefix);
        lastVersion = Optional.empty();
        entries.open("CommonPrefixes");
        terms.leaf(entries, "Prefix", lastKey);
        entries.close("CommonPrefixes");
    }

    private Reply reply(String keyMarker, Optional<String> versionMarker) {
        XmlBuffer xml = XmlBuffer.document().open(RESULT, S3Service.NAMESPACE);
        terms.writeHead(xml);
        terms.leaf(xml, "KeyMarker", keyMarker);
        xml.leaf("VersionIdMarker", versionMarker.orElse(""));
        if (truncated) {
            terms.leaf(xml, "NextKeyMarker", lastKey);
            lastVersion.ifPresent(id -> xml.leaf("NextVersionIdMarker", id));
        }
        xml.leaf("MaxKeys", terms.maxKeys()).leaf("IsTruncated", truncated);
        return Reply.xml(200, xml.append(entries).close(RESULT));
    }
}
