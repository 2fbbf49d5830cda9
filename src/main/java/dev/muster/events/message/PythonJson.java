package dev.muster.events.message;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Writes JSON with the bytes of Python's {@code json.dumps} with its defaults. */
public final class PythonJson {
    private PythonJson() {}

    public static String write(JsonNode node) {
        StringBuilder out = new StringBuilder();
        append(out, node);
        return out.toString();
    }

    static void append(StringBuilder out, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> appendObject(out, node);
            case ARRAY -> appendArray(out, node);
            case STRING -> appendString(out, node.textValue());
            case NUMBER ->
                out.append(node.isFloatingPointNumber() ? PythonFloat.repr(node.doubleValue()) : node.asText());
            case BOOLEAN, NULL -> out.append(node.asText());
            case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        }
    }

    private static void appendObject(StringBuilder out, JsonNode node) {
        out.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            out.append(separator);
            appendString(out, entry.getKey());
            out.append(": ");
            append(out, entry.getValue());
            separator = ", ";
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, JsonNode node) {
        out.append('[');
        String separator = "";
        for (JsonNode element : node) {
            out.append(separator);
            append(out, element);
            separator = ", ";
        }
        out.append(']');
    }

    static void appendString(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c >= ' ' && c <= '~') {
                        out.append(c);
                    } else {
                        appendEscape(out, c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void appendEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit((c >> shift) & 0xF, 16));
        }
    }
}
