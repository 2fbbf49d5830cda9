package dev.muster.events.message;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.output.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes parsed JSON with the bytes of Python's {@code json.dumps}, see {@link Json}. */
final class PythonJsonWriter {
    private PythonJsonWriter() {}

    static String write(JsonNode node) {
        return Json.dumps(plain(node));
    }

    private static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> node.textValue();
            case NUMBER -> node.isFloatingPointNumber() ? (Object) node.doubleValue() : integer(node);
            case BOOLEAN -> node.booleanValue();
            case NULL -> null;
            case BINARY, POJO, MISSING -> throw new IllegalArgumentException("not JSON: " + node.getNodeType());
        };
    }

    private static BigInteger integer(JsonNode node) {
        return node.bigIntegerValue();
    }

    private static Map<String, Object> object(JsonNode node) {
        Map<String, Object> object = new LinkedHashMap<>();
        node.properties().forEach(entry -> object.put(entry.getKey(), plain(entry.getValue())));
        return object;
    }

    private static List<Object> array(JsonNode node) {
        List<Object> array = new ArrayList<>();
        node.forEach(element -> array.add(plain(element)));
        return array;
    }
}
