package dev.muster.contacts.set;

import java.util.Optional;
import java.util.regex.Pattern;

/** Rules of PutAlternateContact for each field, so that a bad value is found before anything is changed. */
final class FieldRules {
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
        return value.filter(
                        text -> text.length() > most || !pattern.matcher(text).matches())
                .map(text -> text.length() > most
                        ? what + " is longer than " + most + " characters"
                        : "AWS does not accept this " + what + ": " + text);
    }
}
