package dev.muster.emulator.s3;

import dev.muster.emulator.server.Blob;
import dev.muster.emulator.server.ServiceError;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;

/** The document that CompleteMultipartUpload takes: which parts make up the object. */
record CompleteRequest(List<Choice> choices) {
    private static final long LEAST_PART_BYTES = 5L << 20;

    record Choice(int number, String etag) {}

    static CompleteRequest parse(ByteString document) {
        Parser parser = new Parser();
        RequestDocuments.read(document, parser);
        if (parser.choices.isEmpty()) {
            throw S3Errors.malformedXml();
        }
        return new CompleteRequest(List.copyOf(parser.choices));
    }

    /** The chosen parts of an upload: they must exist as named, ascend, and but for the last have 5 MiB. */
    List<Uploads.Part> select(Uploads.Upload upload) {
        List<Uploads.Part> parts = new ArrayList<>();
        int before = 0;
        for (Choice choice : choices) {
            Uploads.Part part = upload.parts().get(choice.number());
            if (part == null || !ETags.matches(choice.etag(), part.etag())) {
                throw new ServiceError(400, "InvalidPart", "One or more of the specified parts could not be found.");
            }
            if (choice.number() <= before) {
                throw new ServiceError(400, "InvalidPartOrder", "The list of parts was not in ascending order.");
            }
            before = choice.number();
            parts.add(part);
        }
        if (parts.stream()
                .limit(parts.size() - 1L)
                .anyMatch(part -> part.content().size() < LEAST_PART_BYTES)) {
            throw new ServiceError(
                    400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }
        return List.copyOf(parts);
    }

    /** The object, without copying its parts. */
    static Blob join(List<Uploads.Part> parts) {
        ByteString content = ByteString.emptyByteString();
        for (Uploads.Part part : parts) {
            if (!(part.content() instanceof Blob.Bytes bytes)) {
                return new Blob.Zeros(
                        parts.stream().mapToLong(any -> any.content().size()).sum());
            }
            content = content.concat(bytes.bytes());
        }
        return new Blob.Bytes(content);
    }

    private static final class Parser implements RequestDocuments.Listener {
        private final List<Choice> choices = new ArrayList<>();
        private int number;
        private String etag = "";

        @Override
        public void element(String name, String text) {
            switch (name) {
                case "PartNumber" -> number = number(text.strip());
                case "ETag" -> etag = text.strip();
                case "Part" -> choices.add(new Choice(number, etag));
                default -> {}
            }
        }

        private static int number(String text) {
            if (!text.matches("\\d{1,5}")) {
                throw S3Errors.malformedXml();
            }
            return Integer.parseInt(text);
        }
    }
}
