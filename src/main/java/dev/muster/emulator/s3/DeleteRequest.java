package dev.muster.emulator.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** The document that DeleteObjects takes. */
record DeleteRequest(List<Target> targets, boolean quiet) {
    private static final int MOST = 1000;

    record Target(String key, Optional<String> versionId) {}

    static DeleteRequest parse(ByteString document) {
        Parser parser = new Parser();
        RequestDocuments.read(document, parser);
        if (parser.targets.isEmpty() || parser.targets.size() > MOST) {
            throw S3Errors.malformedXml();
        }
        return new DeleteRequest(List.copyOf(parser.targets), parser.quiet);
    }

    private static final class Parser implements RequestDocuments.Listener {
        private final List<Target> targets = new ArrayList<>();
        private String key = "";
        private Optional<String> versionId = Optional.empty();
        private boolean quiet;

        @Override
        public void element(String name, String text) {
            switch (name) {
                case "Key" -> key = text;
                case "VersionId" -> versionId = Optional.of(text);
                case "Quiet" -> quiet = Boolean.parseBoolean(text);
                case "Object" -> {
                    targets.add(new Target(key, versionId));
                    versionId = Optional.empty();
                }
                default -> {}
            }
        }
    }
}
