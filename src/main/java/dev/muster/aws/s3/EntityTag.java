package dev.muster.aws.s3;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Entity tag of an object (RFC 9110, section 8.8.3), without quotes and without the mark of a weak one: S3 has strong
 * ones only, but proxies that compress weaken them, and some servers leave the quotes out.
 */
public record EntityTag(String value) {
    private static final Pattern MD5 = Pattern.compile("[0-9a-fA-F]{32}");

    /** The tag in a header; empty if there is none. */
    public static Optional<EntityTag> of(String header) {
        return Optional.ofNullable(header)
                .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                .filter(tag -> !tag.isEmpty())
                .map(EntityTag::new);
    }

    public String quoted() {
        return '"' + value + '"';
    }

    /** Tells whether it may be the MD5 digest of the object; tags of objects that were uploaded in parts are not. */
    public boolean mayBeDigest() {
        return MD5.matcher(value).matches();
    }

    /** Tells whether it is the given MD5 digest, in hexadecimal digits. */
    public boolean isDigest(String md5) {
        return value.equalsIgnoreCase(md5);
    }
}
