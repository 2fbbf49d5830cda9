package dev.muster.emulator.account;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.emulator.ContactBook;
import dev.muster.emulator.ContactBook.PracticeContact;
import dev.muster.emulator.PracticeAccount;
import dev.muster.emulator.server.ServiceError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** GetAlternateContact, PutAlternateContact and DeleteAlternateContact. */
final class AlternateContacts {
    private static final Pattern EMAIL = Pattern.compile("\\s*[\\w+=.#|!&-]+@[\\w.-]+\\.\\w+\\s*");
    private static final Pattern PHONE = Pattern.compile("[\\s0-9()+-]+");
    private static final Pattern ANYTHING = Pattern.compile("(?s).+");

    private final ContactBook book;

    AlternateContacts(ContactBook book) {
        this.book = book;
    }

    Map<String, ?> get(PracticeAccount account, JsonNode body) {
        String type = type(body);
        PracticeContact contact = book.find(account.id(), type).orElseThrow(AlternateContacts::none);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("AlternateContactType", type);
        fields.put("EmailAddress", contact.email());
        fields.put("Name", contact.name());
        fields.put("PhoneNumber", contact.phone());
        fields.put("Title", contact.title());
        return Map.of("AlternateContact", fields);
    }

    Map<String, ?> put(PracticeAccount account, JsonNode body) {
        PracticeContact contact = new PracticeContact(
                text(body, "EmailAddress", 254, EMAIL),
                text(body, "Name", 64, ANYTHING),
                text(body, "Title", 50, ANYTHING),
                text(body, "PhoneNumber", 25, PHONE));
        book.put(account.id(), type(body), contact);
        return Map.of();
    }

    Map<String, ?> delete(PracticeAccount account, JsonNode body) {
        if (!book.remove(account.id(), type(body))) {
            throw none();
        }
        return Map.of();
    }

    private static String type(JsonNode body) {
        String type = body.path("AlternateContactType").asText();
        if (!ContactBook.TYPES.contains(type)) {
            throw invalid("alternateContactType");
        }
        return type;
    }

    private static String text(JsonNode body, String name, int most, Pattern pattern) {
        String value = body.path(name).asText();
        if (value.length() > most || !pattern.matcher(value).matches()) {
            throw invalid(name);
        }
        return value;
    }

    private static ServiceError none() {
        return new ServiceError(
                404, "ResourceNotFoundException", "No contact of the inputted alternate contact type found.");
    }

    private static ServiceError invalid(String field) {
        return new ServiceError(400, "ValidationException", "The value of " + field + " is not valid.");
    }
}
