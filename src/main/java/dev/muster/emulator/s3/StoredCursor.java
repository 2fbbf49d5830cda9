package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.muster.emulator.keys.StorageClass;
import dev.muster.emulator.server.XmlBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Walks over stored objects, past those whose newest version is a delete marker. */
final class StoredCursor implements Cursor {
    private final NavigableMap<byte[], List<ObjectVersion>> objects;
    private Iterator<Map.Entry<byte[], List<ObjectVersion>>> rest;
    private byte[] key = {};
    private ObjectVersion version;

    StoredCursor(NavigableMap<byte[], List<ObjectVersion>> objects) {
        this.objects = objects;
        this.rest = objects.entrySet().iterator();
    }

    @Override
    public boolean seek(byte[] bound, boolean inclusive) {
        rest = objects.tailMap(bound, inclusive).entrySet().iterator();
        return next();
    }

    @Override
    public boolean next() {
        while (rest.hasNext()) {
            Map.Entry<byte[], List<ObjectVersion>> entry = rest.next();
            version = entry.getValue().get(0);
            if (!version.deleteMarker()) {
                key = entry.getKey();
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public int keyLength() {
        return key.length;
    }

    @Override
    public long bytes() {
        return version.content().size();
    }

    @Override
    public long modifiedSecond() {
        return version.modified().getEpochSecond();
    }

    @Override
    public StorageClass storageClass() {
        return version.storageClass();
    }

    @Override
    public void writeETag(XmlBuffer xml) {
        xml.raw(version.etag().getBytes(US_ASCII));
    }
}
