package dev.muster.emulator.s3;

import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.pekko.util.ByteString;

/** Reads the small documents that clients send. */
final class RequestDocuments {
    private static final XMLInputFactory FACTORY = factory();

    private RequestDocuments() {}

    /** Is told of every element as it ends. */
    interface Listener {
        void element(String name, String text);
    }

    static void read(ByteString document, Listener listener) {
        InputStream stream = document.iterator().asInputStream();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(stream, "UTF-8");
            StringBuilder text = new StringBuilder();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text.setLength(0);
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(reader.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    listener.element(reader.getLocalName(), text.toString());
                }
            }
        } catch (XMLStreamException malformed) {
            throw S3Errors.malformedXml();
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
