package dev.muster.report.saved;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the JSON report of an audit; for any other file the error says what it is. */
public final class SavedReportReader {
    private static final String REMEDY = "give a file that muster audit --format json wrote";

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SavedReportReader() {}

    /**
     * Reads the report in a file.
     *
     * @throws UnreadableReportException names the file, the reason and the remedy
     */
    public static SavedReport read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (UnreadableReportException e) {
            throw new UnreadableReportException("cannot read the report " + file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnreadableReportException("cannot read the report " + file + ": " + reason(file, e), e);
        }
    }

    /**
     * Reads a report from text.
     *
     * @throws UnreadableReportException if it is no report; the message gives the reason and the remedy
     */
    public static SavedReport parse(String json) {
        if (json.isBlank()) {
            throw new UnreadableReportException("it is empty: " + REMEDY, null);
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            for (String field : new String[] {"complete", "total", "buckets"}) {
                if (!tree.hasNonNull(field)) {
                    throw new UnreadableReportException(
                            "it is JSON, but no report of an audit, as it has no field " + field + ": " + REMEDY, null);
                }
            }
            return MAPPER.treeToValue(tree, SavedReport.class);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null || e.getLocation().getLineNr() < 1
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new UnreadableReportException("it is no whole JSON report" + place + ": " + REMEDY, e);
        }
    }

    private static String reason(Path file, IOException e) {
        if (Files.isDirectory(file)) {
            return "it is a directory: " + REMEDY;
        } else if (e instanceof NoSuchFileException) {
            return "there is no such file: " + REMEDY;
        } else if (e instanceof AccessDeniedException) {
            return "permission denied: " + REMEDY + " and that you may read";
        }
        return e instanceof CharacterCodingException ? "it is no text: " + REMEDY : e.getMessage();
    }
}
