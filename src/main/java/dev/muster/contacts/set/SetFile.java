package dev.muster.contacts.set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.muster.contacts.Contact.ContactType;
import dev.muster.contacts.set.DesiredState.InvalidLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads JSON lines. Each has an {@code account_id}, and one of
 *
 * <ul>
 *   <li>{@code email_address} (or {@code workload_owner}, or {@code contact_email}), {@code name}, {@code title},
 *       {@code phone}: for all three types;
 *   <li>the same with a {@code contact_type}: for that type. An address of {@code null} deletes the contact;
 *   <li>{@code billing}, {@code operations}, {@code security}: objects with those fields, or just an address;
 *   <li>{@code tag_key} and {@code tag_value}: a tag of the account; {@code null} removes it.
 * </ul>
 *
 * Other fields are ignored, so that what {@code muster contacts --full} writes can be edited and set.
 */
final class SetFile {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Some editors write one at the beginning of UTF-8 files. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The field that marks lines of a rollback file. */
    static final String RESTORES = "restores";

    private static final List<String> ADDRESS_NAMES = List.of("email_address", "workload_owner", "contact_email");

    private final Optional<String> tagKey;
    private final List<DesiredContact> desiredState = new ArrayList<>();
    private final List<InvalidLine> invalid = new ArrayList<>();

    /** A line that cannot be understood. */
    private static final class LineException extends Exception {
        private static final long serialVersionUID = 1L;

        LineException(String message) {
            super(message);
        }
    }

    private SetFile(Optional<String> tagKey) {
        this.tagKey = tagKey;
    }

    /** @param tagKey a tag that shall hold an account's address, where a line gives one for all types */
    static DesiredState parse(List<String> lines, Optional<String> tagKey) {
        SetFile file = new SetFile(tagKey);
        for (int i = 0; i < lines.size(); i++) {
            String line = i == 0 ? lines.get(0).replaceFirst("^" + BYTE_ORDER_MARK, "") : lines.get(i);
            if (!line.isBlank()) {
                file.line(i + 1, line);
            }
        }
        return DesiredState.distinct(file.desiredState, file.invalid);
    }

    private void line(int number, String text) {
        try {
            JsonNode line = object(text);
            List<DesiredContact> read = desiredState(number, account(line), line);
            if (read.isEmpty()) {
                throw new LineException(
                        "it says nothing to set: give email_address, or billing, operations or security");
            }
            desiredState.addAll(read);
        } catch (LineException e) {
            invalid.add(new InvalidLine(number, e.getMessage()));
        }
    }

    private List<DesiredContact> desiredState(int number, String account, JsonNode line) throws LineException {
        List<DesiredContact> read = new ArrayList<>();
        if (line.has("tag_key")) {
            read.add(tag(number, account, line));
        }
        for (ContactType type : ContactType.ALTERNATES) {
            JsonNode nested = line.path(type.name().toLowerCase(Locale.ROOT));
            if (!nested.isMissingNode()) {
                read.add(contact(number, account, type, nested));
            }
        }
        if (line.has("contact_type")) {
            read.add(contact(number, account, type(line), line));
        } else if (!fields(line).none()) {
            DesiredContact.Fields fields = checked(fields(line));
            ContactType.ALTERNATES.forEach(
                    type -> read.add(new DesiredContact.Put(number, account, type, fields, false)));
            tagKey.filter(key -> fields.email().isPresent())
                    .ifPresent(key -> read.add(new DesiredContact.Tag(number, account, key, fields.email(), false)));
        }
        return read;
    }

    private static JsonNode object(String text) throws LineException {
        try {
            JsonNode line = JSON.readTree(text);
            if (line.isObject()) {
                return line;
            }
        } catch (JsonProcessingException e) {
            throw new LineException("it is not JSON: " + e.getOriginalMessage());
        }
        throw new LineException("it is not a JSON object");
    }

    private static String account(JsonNode line) throws LineException {
        String id = line.path("account_id").asText();
        if (!id.matches("[0-9]{12}")) {
            throw new LineException("its account_id is not twelve digits in quotes");
        }
        return id;
    }

    private static ContactType type(JsonNode line) throws LineException {
        String name = line.path("contact_type").asText();
        return Arrays.stream(ContactType.values())
                .filter(type -> type.alternate() && type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LineException(
                        "a contact of type " + name + " cannot be set: only BILLING, OPERATIONS and SECURITY can"));
    }

    private static DesiredContact contact(int number, String account, ContactType type, JsonNode node)
            throws LineException {
        boolean restores = restores(node);
        if (node.isNull() || node.path("email_address").isNull()) {
            return new DesiredContact.Delete(number, account, type, restores);
        }
        DesiredContact.Fields fields = node.isTextual()
                ? new DesiredContact.Fields(
                        Optional.of(node.asText()), Optional.empty(), Optional.empty(), Optional.empty())
                : fields(node);
        if (fields.none()) {
            throw new LineException("it gives no field of the contact " + type);
        }
        return new DesiredContact.Put(number, account, type, restores ? fields : checked(fields), restores);
    }

    private static boolean restores(JsonNode line) {
        return line.path(RESTORES).asBoolean(false);
    }

    private static DesiredContact tag(int number, String account, JsonNode line) throws LineException {
        String key = line.path("tag_key").asText();
        Optional<String> value = text(line, "tag_value");
        if (restores(line)) {
            return new DesiredContact.Tag(number, account, key, value, true);
        }
        Optional<String> problem = key.isEmpty() ? Optional.of("tag_key is empty") : FieldRules.tagProblem(value);
        if (problem.isPresent()) {
            throw new LineException(problem.get());
        }
        return new DesiredContact.Tag(number, account, key, value, false);
    }

    private static DesiredContact.Fields fields(JsonNode node) throws LineException {
        List<String> addresses = ADDRESS_NAMES.stream()
                .filter(node::hasNonNull)
                .map(name -> node.get(name).asText())
                .distinct()
                .toList();
        if (addresses.size() > 1) {
            throw new LineException("it gives two addresses: " + String.join(" and ", addresses));
        }
        return new DesiredContact.Fields(
                addresses.stream().findFirst(), text(node, "name"), text(node, "title"), text(node, "phone"));
    }

    private static DesiredContact.Fields checked(DesiredContact.Fields fields) throws LineException {
        Optional<String> problem = FieldRules.problem(fields);
        if (problem.isPresent()) {
            throw new LineException(problem.get());
        }
        return fields;
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.get(name).asText()) : Optional.empty();
    }

    /** Rules of PutAlternateContact for each field, so that a bad value is found before anything is changed. */
    static final class FieldRules {
        private static final Pattern EMAIL = Pattern.compile("\\s*[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+\\s*");
        private static final Pattern PHONE = Pattern.compile("[\\s0-9()+-]+");
        private static final Pattern ANYTHING = Pattern.compile("(?s).+");
        private static final Pattern TAG_VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

        private static final int EMAIL_LENGTH = 254;
        static final int NAME_LENGTH = 64;
        private static final int TITLE_LENGTH = 50;
        private static final int PHONE_LENGTH = 25;
        private static final int TAG_LENGTH = 256;

        private FieldRules() {}

        /** The problem of the first bad field; empty if all are good. */
        static Optional<String> problem(DesiredContact.Fields fields) {
            return check("e-mail address", fields.email(), EMAIL_LENGTH, EMAIL)
                    .or(() -> check("name", fields.name(), NAME_LENGTH, ANYTHING))
                    .or(() -> check("title", fields.title(), TITLE_LENGTH, ANYTHING))
                    .or(() -> check("phone", fields.phone(), PHONE_LENGTH, PHONE));
        }

        static Optional<String> tagProblem(Optional<String> value) {
            return check("tag value", value, TAG_LENGTH, TAG_VALUE);
        }

        private static Optional<String> check(String what, Optional<String> value, int most, Pattern pattern) {
            return value.filter(text ->
                            text.length() > most || !pattern.matcher(text).matches())
                    .map(text -> text.length() > most
                            ? what + " is longer than " + most + " characters"
                            : "AWS does not accept this " + what + ": " + text);
        }
    }
}
