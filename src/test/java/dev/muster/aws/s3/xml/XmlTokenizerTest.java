package dev.muster.aws.s3.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTokenizerTest {
    @Test
    void tellsElementsAndValues() {
        assertThat(read("<?xml version='1.0'?>\n<a><b>1</b><c><d>x y</d></c><b/></a>\n"))
                .containsExactly("<a", "b=1", "<c", "d=x y", "c>", "b=", "a>");
    }

    @Test
    void passesOverWhatMeansNothingWithAllThatItHolds() {
        assertThat(read("<a><_o><b>1</b></_o><_p/><b>2</b><_q>3</_q></a>")).containsExactly("<a", "b=2", "a>");
    }

    @Test
    void resolvesReferencesCdataAndLineEnds() {
        assertThat(read("<a>&lt;&#65;&#x42;&amp;<![CDATA[<&]]]>\r\n\r.&quot;</a>"))
                .containsExactly("a=<AB&<&]\n\n.\"");
    }

    @Test
    void namespacePrefixesDoNotMatterButAreToBeDeclared() {
        assertThat(read("<s:a xmlns:s='urn:s' t='1'><s:b>1</s:b><b>2</b></s:a>"))
                .containsExactly("<a", "b=1", "b=2", "a>");
        assertThatThrownBy(() -> read("<a><c xmlns:s='urn:s'><s:b>1</s:b></c><c><s:b>1</s:b></c></a>"))
                .hasMessageContaining("undeclared");
    }

    @Test
    void asksForTheMeaningOfAStartTagOnceHoweverOftenItComes() {
        Recorder recorder = new Recorder();

        read("<a>" + "<b><c>1</c></b>".repeat(50) + "</a>", 7, recorder);

        assertThat(recorder.asked).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "<a></b>",
                "<a><b></a></b>",
                "<a/><a/>",
                "</a>",
                "<a>text<b/></a>",
                "<a><b/>text</a>",
                "<a b></a>",
                "<a b='1' b='2'/>",
                "<a b='<'/>",
                "<a b='&c'/>",
                "<s:a/>",
                "<a xmlns:s=''/>",
                "<1/>",
                "<a:b:c xmlns:a='u'/>",
                "<!DOCTYPE a><a></a>",
                "<a><!-- -- --></a>",
                "<?xml version='1.0' encoding='UTF-16'?><a></a>",
                "text, no document",
            })
    void whatIsNotWellFormedIsAnError(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOf(XmlException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n  <?xml version='1.0'?><a></a>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><a></a>",
                "<?xml version=\"1.0\" encoding=\"us-ascii\"?><a></a>",
            })
    void blanksBeforeADeclarationAndEncodingsThatBeginAsAsciiDoesArePassedOver(String document) {
        assertThatCode(() -> read(document)).doesNotThrowAnyException();
    }

    @Test
    void nestingAndLengthAreBounded() {
        assertThatThrownBy(() -> read("<a>".repeat(100))).isInstanceOf(XmlException.class);
        assertThatThrownBy(() -> read("<a>" + "x".repeat(3 << 20) + "</a>", 1 << 16, new Recorder()))
                .isInstanceOf(XmlException.class);
    }

    /** Records alike, as data has them, with small differences in markup, so that what was learned holds or does not. */
    @Property(tries = 500)
    void readsTheSameHoweverTheDocumentIsCutIntoPieces(
            @ForAll @Size(max = 30) List<@IntRange(max = 11) Integer> shapes,
            @ForAll @IntRange(min = 1, max = 40) int pieceSize) {
        StringBuilder document = new StringBuilder("<a xmlns:s='urn:s'>");
        List<String> expected = new ArrayList<>(List.of("<a"));
        for (int shape : shapes) {
            boolean spaced = shape % 2 == 0;
            document.append(spaced ? "\n <b >" : "<b>")
                    .append("<c>&#")
                    .append(48 + shape)
                    .append(";</c>");
            expected.add("<b");
            expected.add("c=" + (char) (48 + shape));
            if (shape % 3 == 0) {
                document.append("<_x><c>ignored</c></_x><!-- c -->");
            }
            document.append(shape > 8 ? "<s:d>" : "<d>").append(shape).append(shape > 8 ? "</s:d>" : "</d>");
            expected.add("d=" + shape);
            if (shape % 5 == 0) {
                document.append("<e/>");
                expected.add("e=");
            }
            document.append(spaced ? " </b>" : "</b >");
            expected.add("b>");
        }
        expected.add(shapes.isEmpty() ? "" : "a>");
        document.append("</a>");

        List<String> read = read(document.toString(), pieceSize, new Recorder());

        assertThat(read).isEqualTo(shapes.isEmpty() ? List.of("a=") : expected);
    }

    private static List<String> read(String document) {
        return read(document, document.length(), new Recorder());
    }

    private static List<String> read(String document, int pieceSize, Recorder recorder) {
        XmlTokenizer<String> tokenizer = new XmlTokenizer<>(recorder);
        byte[] bytes = document.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += pieceSize) {
            tokenizer.feed(ByteBuffer.wrap(bytes, at, Math.min(pieceSize, bytes.length - at)));
        }
        if (!tokenizer.complete()) {
            throw new XmlException("cut short");
        }
        return recorder.told;
    }

    /** Takes names that begin with an underscore as meaningless. */
    private static final class Recorder implements XmlHandler<String> {
        private final List<String> told = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();

        @Override
        public String element(String parent, String name) {
            asked.add(name);
            return name.startsWith("_") ? null : name;
        }

        @Override
        public void start(String element) {
            told.add("<" + element);
        }

        @Override
        public void value(String element, byte[] bytes, int offset, int length) {
            told.add(element + "=" + new String(bytes, offset, length, UTF_8));
        }

        @Override
        public void end(String element) {
            told.add(element + ">");
        }
    }
}
