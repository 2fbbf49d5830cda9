package dev.muster.aws.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.aws.s3.ListingPage.KeyOrderException;
import dev.muster.aws.s3.ListingParser.ErrorDocumentException;
import dev.muster.aws.s3.ListingParser.ListingDetail;
import dev.muster.aws.s3.ListingParser.ListingExpectation;
import dev.muster.aws.s3.ListingParser.ListingKind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void readsTagsChecksumsAndOwnersWhereTheyAreAskedFor() {
        String full = "<Contents><Key>a</Key>" + DATE + "<Size>1</Size><ETag>&quot;9f86-3&quot;</ETag>"
                + "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm><ChecksumAlgorithm>SHA256</ChecksumAlgorithm>"
                + "<Owner><ID>75aa</ID><DisplayName>ops</DisplayName></Owner></Contents>";
        String bare = "<Contents><Key>b</Key>" + DATE + "<Size>1</Size><Owner/></Contents>";

        assertThat(details(ListingDetail.WITH_OWNERS, full + bare + END))
                .containsExactly("\"9f86-3\" CRC32,SHA256 75aa ", "   ");
        assertThat(details(ListingDetail.ALL, full + bare + END)).containsExactly("\"9f86-3\" CRC32,SHA256  ", "   ");
        assertThat(details(ListingDetail.FOR_TOTALS, full + bare + END)).containsExactly("   ", "   ");
    }

    private static List<String> details(ListingDetail detail, String content) {
        List<String> details = new ArrayList<>();
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS,
                detail,
                ListingExpectation.after(Optional.empty()),
                entry -> details.add(new String(entry.etagBytes(), 0, entry.etagLength(), UTF_8)
                        + ' '
                        + entry.checksumAlgorithm()
                        + ' '
                        + entry.owner()
                        + ' '
                        + entry.problem()));
        Words.feed(reader, document(content), 20);
        return details;
    }

    /** As moto does for parts. */
    @Test
    void aRootThatEndsInResponseStandsForTheResult() {
        List<String> keys = new ArrayList<>();
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS,
                ListingExpectation.after(Optional.empty()),
                entry -> keys.add(entry.key().text()));
        Words.feed(
                reader, ("<ListBucketResponse>" + END + object("a", 1) + "</ListBucketResponse>").getBytes(UTF_8), 20);

        assertThat(keys).containsExactly("a");
    }

    @Test
    void onlyARootThatIsNoListingsMayBeAProxys() {
        assertThatThrownBy(() -> reading("<ListPartsResult>"))
                .isInstanceOfSatisfying(MalformedPageException.class, answer -> assertThat(answer.isForeign())
                        .isFalse());
        assertThatThrownBy(() -> reading("<html>"))
                .isInstanceOfSatisfying(MalformedPageException.class, answer -> assertThat(answer.isForeign())
                        .isTrue());
    }

    private static void reading(String beginning) {
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> {});
        Words.feed(reader, beginning.getBytes(UTF_8), 20);
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
                "<IsTruncated>yes</IsTruncated>",
                "<IsTruncated/>",
                "<IsTruncated>false</IsTruncated><IsTruncated>true</IsTruncated>",
                END + "text",
                END + "<x:Contents><Key>a</Key><Size>1</Size>" + DATE + "</x:Contents>",
                END + "<Contents><Key>a</Key><Size>1</Size>" + DATE + "</Content>",
                END + "<Contents>a<Key>a</Key><Size>1</Size>" + DATE + "</Contents>",
                END + "<Version><Key>a</Key><Size>1</Size>" + DATE + "</Version>",
                END + "<Upload><Key>a</Key></Upload>",
                END + "<EncodingType>base64</EncodingType>",
                "<!DOCTYPE a>" + END,
            })
    void aPageThatIsNotWhatS3DocumentsIsAnError(String content) {
        assertThatThrownBy(() -> page(content)).isInstanceOf(MalformedPageException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '=',
            value = {
                "<Key>a</Key>DATE                               = a | -1 | STANDARD | it has no Size",
                "<Key>a</Key>DATE<Size/>                        = a | -1 | STANDARD | its Size is \"\"",
                "<Key>a</Key>DATE<Size>-1</Size>                = a | -1 | STANDARD | its Size is \"-1\"",
                "<Key>a</Key>DATE<Size>1234567890123456789</Size> = a | -1 | STANDARD | its Size is \"1234567890123456789\"",
                "<Size>1</Size>DATE                             = ' | 1 | STANDARD | it has no Key'",
                "<Key></Key><Size>1</Size>DATE                  = ' | 1 | STANDARD | it has no Key'",
                "<Key>a</Key><Key>b</Key><Size>1</Size>DATE     = a | 1 | STANDARD | it has Key twice",
                "text                                           = ' | -1 | STANDARD | text stands in place of its fields'",
                "<Key>a</Key><Size>1</Size>DATE<StorageClass/>  = a | 1 | STANDARD",
                "<Key>a</Key><Size>1</Size>DATE<Owner/><ETag/>  = a | 1 | STANDARD",
            })
    void anEntryWithAValueThatIsMissingOrUnreadableIsAnEntryAllTheSame(String fields, String expected) {
        List<String> words = read("<Contents>" + fields.replace("DATE", DATE) + "</Contents>" + object("z", 3) + END);

        assertThat(words.get(0).replace("1709210096789 | ", "").replace(ListingEntry.UNKNOWN_DATE + " | ", ""))
                .isEqualTo(expected);
        assertThat(words).hasSize(3);
    }

    @Test
    void anUnreadableDateIsUnknownAndSpoilsNoNumber() {
        List<Boolean> inexact = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> {
                    assertThat(entry.dateMillis()).isEqualTo(ListingEntry.UNKNOWN_DATE);
                    inexact.add(entry.inexact());
                    problems.add(entry.problem());
                });
        String none = "<Contents><Key>a</Key><Size>1</Size></Contents>";
        String broken =
                "<Contents><Key>b</Key><Size>1</Size><LastModified>2023-02-29T00:00:00Z</LastModified></Contents>";

        Words.feed(reader, document(none + broken + END), 20);

        assertThat(inexact).containsExactly(false, false);
        assertThat(problems).containsExactly("it has no LastModified", "its LastModified is \"2023-02-29T00:00:00Z\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<CommonPrefixes/>",
                "<CommonPrefixes> </CommonPrefixes>",
                "<CommonPrefixes><Prefix/></CommonPrefixes>",
                "<Contents/>",
                "<Contents>\n</Contents>",
                "<EncodingType/>"
            })
    void anEmptyElementMeansNothing(String empty) {
        assertThat(read(empty + object("a", 1) + END))
                .containsExactly("a | 1 | 1709210096789 | STANDARD", "truncated false");
    }

    @Test
    void aKeyIsBytesWhateverXmlThinksOfThem() {
        List<byte[]> keys = new ArrayList<>();
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS,
                ListingExpectation.after(Optional.empty()),
                entry -> keys.add(entry.key().bytes()));
        String page = object("a\u0001", 1) + object("a&#x2;&#0;", 1) + object("b&c", 1) + object("b&d;", 1)
                + object("e&#xD83D;&#xDE00;", 1) + object("f%%4%FF\u00ff", 1) + "<EncodingType>url</EncodingType>"
                + END;
        byte[] body = document(page);
        byte[] latin = new String(body, UTF_8).getBytes(ISO_8859_1);

        Words.feed(reader, latin, 13);

        assertThat(keys)
                .containsExactly(
                        new byte[] {'a', 1},
                        new byte[] {'a', 2, 0},
                        "b&c".getBytes(UTF_8),
                        "b&d;".getBytes(UTF_8),
                        "e\ud83d\ude00".getBytes(UTF_8),
                        new byte[] {'f', '%', '%', '4', (byte) 0xff, (byte) 0xff});
    }

    @ParameterizedTest
    @ValueSource(strings = {"<IsTruncated>true</IsTruncated>", ""})
    void aTokenForTheNextPageSaysThatThereIsOne(String truncated) {
        ListingPage page = page("<NextContinuationToken>t</NextContinuationToken>" + truncated);

        assertThat(page.truncated()).isTrue();
        assertThat(page.nextToken()).contains("t");
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
        assertThat(page.lastId()).contains("v1");
    }

    @Test
    void someServersSendAllVersionsBeforeAllDeleteMarkers() {
        ListingPage page =
                versions(version("a", "v1") + version("c", "v2") + marker("b", "v3") + END, new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("c"));
        assertThat(page.lastId()).contains("v2");
    }

    @Test
    void aListingOfVersionsGoesOnBehindItsLastEntryWhateverThePageNames() {
        ListingPage page = versions(
                version("a%2541", "v1") + "<NextKeyMarker>a%41</NextKeyMarker><EncodingType>url</EncodingType>"
                        + "<NextVersionIdMarker>v1</NextVersionIdMarker><IsTruncated>true</IsTruncated>",
                new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("a%41"));
        assertThat(page.lastId()).contains("v1");
    }

    @Test
    void aPageWithoutEntriesGoesOnWhereItSays() {
        ListingPage page = versions(
                "<NextKeyMarker>a%2B</NextKeyMarker><EncodingType>url</EncodingType>"
                        + "<NextVersionIdMarker>v9</NextVersionIdMarker><IsTruncated>true</IsTruncated>",
                new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("a+"));
        assertThat(page.lastId()).contains("v9");
    }

    @Test
    void ofAKeyWhoseVersionsAndMarkersComeApartThePageNamesTheLast() {
        ListingPage page = versions(
                version("a", "v1") + version("b", "v2") + marker("b", "v3")
                        + "<NextKeyMarker>b</NextKeyMarker><NextVersionIdMarker>v2</NextVersionIdMarker>"
                        + "<IsTruncated>true</IsTruncated>",
                new ArrayList<>());

        assertThat(page.lastKey()).contains(ObjectKey.of("b"));
        assertThat(page.lastId()).contains("v2");
    }

    @Test
    void ofVersionsThatDoNotSayTheFirstOfAKeyIsTheCurrentOne() {
        List<String> words = new ArrayList<>();
        String page = version("a", "v2") + version("a", "v1") + version("b", "v3");

        versions(page.replace("<IsLatest>false</IsLatest>", "") + END, words);

        assertThat(words).containsExactly("VERSION a true 7", "VERSION a false 7", "VERSION b true 7");
    }

    @Test
    void aPageWithoutEndIsAnErrorBeforeItFillsTheMemory() {
        String entries = "<Contents><Key>k</Key></Contents>".repeat(1_000);
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()).inAnyOrder(), entry -> {});
        reader.feed(ByteBuffer.wrap("<ListBucketResult>".getBytes(UTF_8)));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        reader.feed(ByteBuffer.wrap(entries.getBytes(UTF_8)));
                    }
                })
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("101000 entries");
    }

    @Test
    void aPageWithoutEntriesDoesNotGoOnForeverEither() {
        byte[] nothing = "<Other/>".repeat(1 << 17).getBytes(UTF_8);
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> {});
        reader.feed(ByteBuffer.wrap("<ListBucketResult>".getBytes(UTF_8)));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        reader.feed(ByteBuffer.wrap(nothing));
                    }
                })
                .isInstanceOf(MalformedPageException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void ofAnEntryWithEndlessProblemsAFewAreTold() {
        List<String> problems = new ArrayList<>();
        ListingParser reader = ListingParser.of(
                ListingKind.OBJECTS,
                ListingExpectation.after(Optional.empty()),
                entry -> problems.add(entry.problem()));
        String entry = "<Contents><Key>k</Key>" + "<Size>1</Size>".repeat(1_000) + DATE + "</Contents>";
        reader.feed(ByteBuffer.wrap(("<ListBucketResult>" + entry).getBytes(UTF_8)));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0)).startsWith("it has Size twice").hasSizeLessThan(300);
    }

    @Test
    void thePlaceThatAPageWasAskedForAfterIsPassedOver() {
        String content = version("a", "v1") + marker("a", "v2") + version("b", "v3") + END;
        ObjectKey key = ObjectKey.of("a");
        List<String> behindVersion = new ArrayList<>();
        List<String> behindKey = new ArrayList<>();

        versions(content, behindVersion, ListingExpectation.within(key, "v1"));
        versions(content, behindKey, ListingExpectation.after(Optional.of(key)));

        assertThat(behindVersion).hasSize(2);
        assertThat(behindKey).hasSize(1);
    }

    private static ListingPage versions(String content, List<String> words) {
        return versions(content, words, ListingExpectation.after(Optional.empty()));
    }

    private static ListingPage versions(String content, List<String> words, ListingExpectation terms) {
        ListingParser reader = ListingParser.of(
                ListingKind.VERSIONS,
                terms,
                entry -> words.add(entry.kind() + " " + entry.key() + " " + entry.latest() + " " + entry.size()));
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
        ListingParser reader =
                ListingParser.of(ListingKind.OBJECTS, ListingExpectation.after(Optional.empty()), entry -> {});
        return Words.feed(reader, document(content), 50);
    }

    private static byte[] document(String content) {
        return ("<ListBucketResult>" + content + "</ListBucketResult>").getBytes(UTF_8);
    }

    private static String object(String key, long bytes) {
        return "<Contents><Key>" + key + "</Key>" + DATE + "<ETag>\"x\"</ETag><Size>" + bytes + "</Size></Contents>";
    }
}
