package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingParserTest {
    private static final String DATE = "<LastModified>2024-02-29T12:34:56.789Z</LastModified>";
    private static final String END = "<IsTruncated>false</IsTruncated>";

    @Test
    void readsAnObject() {
        assertThat(read(object("a/b.txt", 42) + END))
                .containsExactly("a/b.txt | 42 | 1709210096789 | STANDARD", "truncated false");
    }

    @Test
    void anEmptyBucketIsAPageWithoutEntries() {
        ListingPage page = page(END);

        assertThat(page.lastKey()).isEmpty();
        assertThat(page.sample()).isEmpty();
    }

    @Test
    void tellsTheLastKeyAndASampleOfKeys() {
        StringBuilder objects = new StringBuilder();
        for (int i = 100; i < 300; i++) {
            objects.append(object("key" + i, i));
        }

        ListingPage page = page(objects + END);

        assertThat(page.lastKey()).contains(ObjectKey.of("key299"));
        assertThat(page.sample())
                .containsExactly(
                        ObjectKey.of("key100"), ObjectKey.of("key164"), ObjectKey.of("key228"), ObjectKey.of("key292"));
    }

    @Test
    void decodesKeysIfThePageSaysAfterThemThatTheyAreEncoded() {
        assertThat(read(object("a%2Bb+c", 1) + object("d", 2) + "<EncodingType>url</EncodingType>" + END))
                .startsWith("a+b c | 1 | 1709210096789 | STANDARD", "d | 2 | 1709210096789 | STANDARD");
    }

    @Test
    void takesKeysAsTheyAreIfTheServerIgnoredTheEncodingAskedFor() {
        assertThat(read(object("a%2Bb+c", 1) + END)).startsWith("a%2Bb+c | 1 | 1709210096789 | STANDARD");
    }

    @Test
    void decodesCommonPrefixes() {
        ListingPage page = page(
                "<CommonPrefixes><Prefix>a%3D1/</Prefix></CommonPrefixes>" + "<EncodingType>url</EncodingType>" + END);

        assertThat(page.commonPrefixes()).containsExactly(ObjectKey.of("a=1/"));
    }

    @Test
    void keysThatGoBackwardsAreAnError() {
        assertThatThrownBy(() -> page(object("b", 1) + object("a", 1) + END))
                .isInstanceOf(KeyOrderException.class)
                .hasMessageContaining("\"a\" came after \"b\"");
    }

    @Test
    void ordersKeysByBytesNotByUtf16() {
        assertThat(page(object("\uffee", 1) + object("\ud83d\ude00", 1) + END).lastKey())
                .contains(ObjectKey.of("\ud83d\ude00"));
    }

    @Test
    void aKeyThatWasNotAskedForIsAnError() {
        ListingExpectation terms = ListingExpectation.after(Optional.of(ObjectKey.of("m")));

        assertThatThrownBy(() -> Words.read(document(object("a", 1) + END), 50, terms))
                .isInstanceOf(KeyOrderException.class);
    }

    @Test
    void anErrorDocumentIsAnError() {
        String body = "<Error><Code>SlowDown</Code><Message>Reduce your rate</Message><Region>eu-west-1</Region>"
                + "<RequestId>4442587FB7D0A2F9</RequestId></Error>";

        assertThatThrownBy(() -> Words.read(body.getBytes(UTF_8), 7))
                .isInstanceOfSatisfying(ErrorDocumentException.class, error -> {
                    assertThat(error.code()).isEqualTo("SlowDown");
                    assertThat(error.text()).isEqualTo("Reduce your rate");
                    assertThat(error.requestId()).isEqualTo("4442587FB7D0A2F9");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<IsTruncated>1</IsTruncated>",
                "<IsTruncated/>",
                "<IsTruncated>false</IsTruncated><IsTruncated>false</IsTruncated>",
                END + "text",
                END + "<Contents><Key>a</Key>" + DATE + "</Contents>",
                END + "<Contents><Key>a</Key><Size>1</Size></Contents>",
                END + "<Contents><Size>1</Size>" + DATE + "</Contents>",
                END + "<Contents><Key></Key><Size>1</Size>" + DATE + "</Contents>",
                END + "<Contents><Key>a</Key><Key>b</Key><Size>1</Size>" + DATE + "</Contents>",
                END + "<Contents><Key>a</Key><Size>-1</Size>" + DATE + "</Contents>",
                END + "<Contents><Key>a</Key><Size>1234567890123456789</Size>" + DATE + "</Contents>",
                END
                        + "<Contents><Key>a</Key><Size>1</Size><LastModified>2023-02-29T00:00:00Z</LastModified></Contents>",
                END + "<Contents><Key>a&b;</Key><Size>1</Size>" + DATE + "</Contents>",
                END + "<Contents><Key>a&#1;</Key><Size>1</Size>" + DATE + "</Contents>",
                END + "<x:Contents><Key>a</Key><Size>1</Size>" + DATE + "</x:Contents>",
                END + "<Contents><Key>a</Key><Size>1</Size>" + DATE + "</Content>",
                END + "<EncodingType>url</EncodingType><CommonPrefixes><Prefix>%4</Prefix></CommonPrefixes>",
                END + "<EncodingType>url</EncodingType><CommonPrefixes><Prefix>%FF</Prefix></CommonPrefixes>",
                END + "<EncodingType>base64</EncodingType>",
                END + "<CommonPrefixes></CommonPrefixes>",
                "<!DOCTYPE a>" + END,
            })
    void aPageThatIsNotWhatS3DocumentsIsAnError(String content) {
        assertThatThrownBy(() -> page(content)).isInstanceOf(MalformedPageException.class);
    }

    @Test
    void anEndTagIsHeldAgainstItsStartTagWhereTheMarkupIsKnownToo() {
        String prefixed =
                "<s:Contents><s:Key>%s</s:Key><s:Size>1</s:Size>" + DATE.replace("LastM", "s:LastM") + "</s:Contents>";
        String known = String.format(prefixed, "a") + String.format(prefixed, "b") + String.format(prefixed, "c");
        String start = "<ListBucketResult xmlns:s='urn:s'>" + END;
        byte[] good = (start + known + "</ListBucketResult>").getBytes(UTF_8);
        byte[] bad = (start + known.replace("<s:Key>c", "<Key>c") + "</ListBucketResult>").getBytes(UTF_8);

        assertThat(Words.read(good, good.length)).hasSize(4);
        assertThatThrownBy(() -> Words.read(bad, bad.length)).isInstanceOf(MalformedPageException.class);
    }

    @Test
    void readsVersionsAndDeleteMarkers() {
        List<String> words = new ArrayList<>();
        ListingPage page = versions(version("a", "v2") + marker("a", "v1") + END, words);

        assertThat(words).containsExactly("VERSION a false 7", "DELETE_MARKER a true 0");
        assertThat(page.lastKey()).contains(ObjectKey.of("a"));
        assertThat(page.lastVersionId()).contains("v1");
    }

    @Test
    void someServersSendAllVersionsBeforeAllDeleteMarkers() {
        ListingPage page =
                versions(version("a", "v1") + version("c", "v2") + marker("b", "v3") + END, new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("c"));
        assertThat(page.lastVersionId()).contains("v2");
    }

    @Test
    void aListingOfVersionsGoesOnWhereThePageSays() {
        ListingPage page = versions(
                version("a", "v1") + "<NextKeyMarker>a%2B</NextKeyMarker><EncodingType>url</EncodingType>"
                        + "<NextVersionIdMarker>v9</NextVersionIdMarker><IsTruncated>true</IsTruncated>",
                new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("a+"));
        assertThat(page.lastVersionId()).contains("v9");
    }

    @Test
    void aPageThatSaysThatItGoesOnBeforeItsEndIsAnError() {
        String content = version("a", "v1") + version("c", "v2")
                + "<NextKeyMarker>b</NextKeyMarker><NextVersionIdMarker>v9</NextVersionIdMarker>"
                + "<IsTruncated>true</IsTruncated>";

        assertThatThrownBy(() -> versions(content, new ArrayList<>())).isInstanceOf(KeyOrderException.class);
    }

    @Test
    void theKeyThatAPageWasAskedForAfterComesAgainOnlyInTheMiddleOfItsVersions() {
        String content = version("a", "v1") + marker("a", "v2") + END;
        ObjectKey key = ObjectKey.of("a");

        assertThat(versions(content, new ArrayList<>(), ListingExpectation.within(key))
                        .lastVersionId())
                .contains("v2");
        assertThatThrownBy(() -> versions(content, new ArrayList<>(), ListingExpectation.after(Optional.of(key))))
                .isInstanceOf(KeyOrderException.class);
    }

    private static ListingPage versions(String content, List<String> words) {
        return versions(content, words, ListingExpectation.after(Optional.empty()));
    }

    private static ListingPage versions(String content, List<String> words, ListingExpectation terms) {
        ListingParser reader = ListingParser.ofVersions(
                terms,
                (kind, key, offset, length, latest, bytes, millis, storageClass) ->
                        words.add(kind + " " + new String(key, offset, length, UTF_8) + " " + latest + " " + bytes));
        String body = "<ListVersionsResult>" + content + "</ListVersionsResult>";
        return Words.feed(reader, body.getBytes(UTF_8), 11);
    }

    private static String version(String key, String id) {
        return "<Version><Key>" + key + "</Key><VersionId>" + id + "</VersionId><IsLatest>false</IsLatest>" + DATE
                + "<Size>7</Size></Version>";
    }

    private static String marker(String key, String id) {
        return "<DeleteMarker><Key>" + key + "</Key><VersionId>" + id + "</VersionId><IsLatest>true</IsLatest>" + DATE
                + "</DeleteMarker>";
    }

    private static List<String> read(String content) {
        return Words.read(document(content), 50);
    }

    private static ListingPage page(String content) {
        ListingParser reader = ListingParser.ofObjects(
                ListingExpectation.after(Optional.empty()), (key, offset, length, bytes, millis, storageClass) -> {});
        return Words.feed(reader, document(content), 50);
    }

    private static byte[] document(String content) {
        return ("<ListBucketResult>" + content + "</ListBucketResult>").getBytes(UTF_8);
    }

    private static String object(String key, long bytes) {
        return "<Contents><Key>" + key + "</Key>" + DATE + "<ETag>\"x\"</ETag><Size>" + bytes + "</Size></Contents>";
    }
}
