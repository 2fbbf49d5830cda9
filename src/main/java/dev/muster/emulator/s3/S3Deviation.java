package dev.muster.emulator.s3;

/** Ways in which S3 servers, and proxies in front of them, are known to depart from S3. */
public enum S3Deviation {
    /** Half of what is sent is stored, under the ETag of that half. */
    STORES_HALF,
    /** The same of the next write alone. */
    STORES_HALF_ONCE,
    /** {@code If-Match} and {@code If-None-Match} of a PUT mean nothing. */
    IGNORES_CONDITIONS,
    /** The same of CompleteMultipartUpload alone. */
    COMPLETES_UNCONDITIONALLY,
    /** A condition that does not hold is answered 304, without a body. */
    LOST_RACE_IS_304,
    /** A condition that does not hold is answered 404 NoSuchKey. */
    LOST_RACE_IS_404,
    /** A condition that does not hold is answered 409. */
    LOST_RACE_IS_409,
    /** A condition of CompleteMultipartUpload that does not hold is answered 200 with an error document. */
    LOST_RACE_IS_ERROR_DOCUMENT,
    /** ETags look like MD5 digests, and are none. */
    OPAQUE_ETAGS,
    /** ETags are marked as weak; a weak one never matches. */
    WEAK_ETAGS,
    /** ETags come without quotes. */
    BARE_ETAGS,
    /** {@code If-Match} with a tag in quotes never holds; without them it does. */
    REFUSES_QUOTED_IF_MATCH,
    /** A write needs Content-MD5 or another checksum, as in a bucket with Object Lock. */
    DEMANDS_CHECKSUM,
    /** The newer checksum headers are refused. */
    REFUSES_CHECKSUM_HEADERS
}
