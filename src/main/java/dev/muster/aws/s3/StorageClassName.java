package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import software.amazon.awssdk.services.s3.model.ObjectStorageClass;

/** The name of a storage class, as its bytes stand in a page. Those that S3 has are there for all pages. */
final class StorageClassName {
    /** The class of objects whose listing names none. */
    static final StorageClassName STANDARD = new StorageClassName(ObjectStorageClass.STANDARD.toString());

    private static final StorageClassName[] KNOWN = ObjectStorageClass.knownValues().stream()
            .map(known -> new StorageClassName(known.toString()))
            .toArray(StorageClassName[]::new);

    private final byte[] bytes;
    private final String name;

    private StorageClassName(String name) {
        this.bytes = name.getBytes(UTF_8);
        this.name = name;
    }

    static StorageClassName of(byte[] text, int start, int length) {
        for (StorageClassName known : KNOWN) {
            if (known.stands(text, start, length)) {
                return known;
            }
        }
        return new StorageClassName(new String(text, start, length, UTF_8));
    }

    boolean stands(byte[] text, int start, int length) {
        return bytes.length == length && XmlBytes.stand(bytes, text, start, start + length);
    }

    String name() {
        return name;
    }
}
