package dev.muster.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.emulator.PracticeBucket.StoredObject;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the SDK would hide. */
class HttpProtocolTest {
    private static final String HERE = Estate.REGION;
    private static final Instant THEN = Instant.parse("2024-05-06T07:08:09Z");
    private static final Estate ESTATE = Estate.of(
            PracticeBucket.of("near", StoredObject.ofText("a <b> c", "x", THEN), StoredObject.ofText("é", "y", THEN)),
            PracticeBucket.of("far").in("eu-central-1"));

    private static PracticeCloud cloud;

    @BeforeAll
    static void start() {
        cloud = PracticeCloud.start(ESTATE);
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @Test
    void keysAreEscapedAsXmlAndPercentEncodedOnRequest() {
        assertThat(get("/near?list-type=2").body()).contains("<Key>a &lt;b&gt; c</Key>", "<Key>é</Key>");
        assertThat(get("/near?list-type=2&encoding-type=url").body())
                .contains("<Key>a+%3Cb%3E+c</Key>", "<Key>%C3%A9</Key>", "<EncodingType>url</EncodingType>");
    }

    @Test
    void anEntryHasTheElementsThatS3Documents() {
        assertThat(get("/near?list-type=2&max-keys=1").body())
                .contains("<Contents><Key>a &lt;b&gt; c</Key><LastModified>2024-05-06T07:08:09.000Z</LastModified>"
                        + "<ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag><Size>1</Size>"
                        + "<StorageClass>STANDARD</StorageClass></Contents>")
                .contains("<IsTruncated>true</IsTruncated>");
        assertThat(get("/near?list-type=2&fetch-owner=true").body()).contains("<Owner><ID>");
    }

    @Test
    void theWrongRegionIsRedirectedToTheRightOne() {
        RawHttp redirect = get("/far?list-type=2");
        assertThat(redirect.status()).isEqualTo(301);
        assertThat(redirect.head()).contains("x-amz-bucket-region: eu-central-1");
        assertThat(redirect.body()).contains("<Code>PermanentRedirect</Code>", "<Bucket>far</Bucket>");
        RawHttp head = RawHttp.send(cloud, ESTATE.management(), HERE, "HEAD /far");
        assertThat(head.status()).isEqualTo(301);
        assertThat(head.body()).isEmpty();
        assertThat(RawHttp.send(cloud, ESTATE.management(), "eu-central-1", "HEAD /far")
                        .status())
                .isEqualTo(200);
        assertThat(get("/far?location").body()).contains(">eu-central-1</LocationConstraint>");
    }

    @Test
    void aBucketMayBeNamedByTheHost() {
        RawHttp object = RawHttp.send(
                cloud, ESTATE.management(), HERE, "GET /a%20%3Cb%3E%20c", Map.of("Host", "near.localhost:1"), "");
        assertThat(object.status()).isEqualTo(200);
        assertThat(object.body()).isEqualTo("x");
    }

    @Test
    void anErrorNamesItsRequest() {
        RawHttp missing = get("/near/nothing");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.body()).contains("<Code>NoSuchKey</Code>", "<Key>nothing</Key>", "<RequestId>");
        assertThat(missing.head()).contains("x-amz-request-id: ");
    }

    @Test
    void aChunkedBodyIsUnpackedAndItsChecksumVerified() {
        Map<String, String> headers = Map.of(
                "x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length", "9",
                "Content-Encoding", "aws-chunked",
                "x-amz-trailer", "x-amz-checksum-crc32");
        String good = "4\r\n1234\r\n5\r\n56789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";
        assertThat(put("/near/chunked", headers, good).status()).isEqualTo(200);
        assertThat(get("/near/chunked").body()).isEqualTo("123456789");
        assertThat(put("/near/chunked", headers, good.replace("y/Q5", "AAAA")).body())
                .contains("BadDigest");
        assertThat(put("/near/chunked", headers, "4\r\n1234\r\n0\r\n\r\n").body())
                .contains("IncompleteBody");
        assertThat(put("/near/chunked", headers, "ff\r\n1234").body()).contains("InvalidRequest");
    }

    @Test
    void aTruncatedDocumentLooksCompleteButIsCut() {
        cloud.faults().set(FaultProfile.NONE.withTruncationRate(1));
        RawHttp cut = get("/near?list-type=2&prefix=a");
        cloud.faults().clear();
        assertThat(cut.status()).isEqualTo(200);
        assertThat(cut.head()).contains("Content-Length: " + cut.body().length());
        assertThat(cut.body()).doesNotContain("</ListBucketResult>");
    }

    @Test
    void aResetBreaksTheConnectionWithinTheBody() {
        cloud.faults().set("s3:ListObjectsV2", FaultProfile.NONE.withResetRate(1));
        assertThatThrownBy(() -> {
                    RawHttp broken = get("/near?list-type=2");
                    assertThat(broken.body()).endsWith("</ListBucketResult>");
                })
                .isInstanceOfAny(UncheckedIOException.class, AssertionError.class);
        assertThat(get("/near?location").status()).isEqualTo(200);
        cloud.faults().clear();
    }

    private static RawHttp get(String target) {
        return RawHttp.send(cloud, ESTATE.management(), HERE, "GET " + target);
    }

    private static RawHttp put(String target, Map<String, String> headers, String body) {
        return RawHttp.send(cloud, ESTATE.management(), HERE, "PUT " + target, headers, body);
    }
}
