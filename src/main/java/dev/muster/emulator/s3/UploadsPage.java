package dev.muster.emulator.s3;

import dev.muster.emulator.s3.ListOperations.ListParameters;
import dev.muster.emulator.server.Reply;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One page of ListMultipartUploads. */
final class UploadsPage {
    private static final String RESULT = "ListMultipartUploadsResult";

    private final ListParameters terms;
    private final Grouping grouping;
    private final XmlBuffer entries = XmlBuffer.fragment(4096);
    private int count;
    private boolean truncated;
    private String lastKey = "";
    private String lastUpload = "";
    private byte[] group = {};

    private UploadsPage(ListParameters terms) {
        this.terms = terms;
        this.grouping = new Grouping(terms);
    }

    static Reply write(ListParameters terms, Uploads uploads, String keyMarker, Optional<String> idMarker) {
        UploadsPage page = new UploadsPage(terms);
        for (Uploads.Upload upload : uploads.all()) {
            if (!page.truncated && page.isBehind(upload, keyMarker, idMarker)) {
                page.add(upload);
            }
        }
        return page.reply(keyMarker, idMarker);
    }

    private boolean isBehind(Uploads.Upload upload, String keyMarker, Optional<String> idMarker) {
        byte[] key = Parameters.utf8(upload.key());
        byte[] marker = Parameters.utf8(keyMarker);
        if (!grouping.contains(key, key.length)) {
            return false;
        }
        if (idMarker.isPresent() && upload.key().equals(keyMarker)) {
            return upload.id().compareTo(idMarker.get()) > 0;
        }
        Grouping.Start start = grouping.after(marker);
        int order = Arrays.compareUnsigned(key, start.bound());
        return order > 0 || (order == 0 && start.inclusive());
    }

    private void add(Uploads.Upload upload) {
        byte[] key = Parameters.utf8(upload.key());
        int length = grouping.commonPrefix(key, key.length);
        if (length >= 0 && group.length == length && Arrays.equals(group, 0, length, key, 0, length)) {
            return;
        }
        if (count == terms.limit()) {
            truncated = terms.limit() > 0;
            return;
        }
        count++;
        if (length < 0) {
            writeUpload(upload);
        } else {
            group = Arrays.copyOf(key, length);
            lastKey = Parameters.text(group);
            lastUpload = "";
            entries.open("CommonPrefixes");
            terms.leaf(entries, "Prefix", lastKey);
            entries.close("CommonPrefixes");
        }
    }

    private void writeUpload(Uploads.Upload upload) {
        lastKey = upload.key();
        lastUpload = upload.id();
        String owner = terms.owner().orElseThrow();
        terms.leaf(entries.open("Upload"), "Key", upload.key());
        entries.leaf("UploadId", upload.id());
        Parameters.writeOwner(entries, "Initiator", owner);
        Parameters.writeOwner(entries, "Owner", owner);
        entries.leaf("StorageClass", "STANDARD");
        entries.leaf("Initiated", Parameters.iso(upload.initiated())).close("Upload");
    }

    private Reply reply(String keyMarker, Optional<String> idMarker) {
        XmlBuffer xml = XmlBuffer.document().open(RESULT, S3Service.NAMESPACE).leaf("Bucket", terms.bucket());
        terms.leaf(xml, "KeyMarker", keyMarker);
        xml.leaf("UploadIdMarker", idMarker.orElse(""));
        if (truncated) {
            terms.leaf(xml, "NextKeyMarker", lastKey);
            xml.leaf("NextUploadIdMarker", lastUpload);
        }
        terms.leaf(xml, "Prefix", terms.prefix());
        if (!terms.delimiter().isEmpty()) {
            terms.leaf(xml, "Delimiter", terms.delimiter());
        }
        if (terms.url()) {
            xml.leaf("EncodingType", "url");
        }
        xml.leaf("MaxUploads", terms.maxKeys()).leaf("IsTruncated", truncated);
        return Reply.xml(200, xml.append(entries).close(RESULT));
    }
}
