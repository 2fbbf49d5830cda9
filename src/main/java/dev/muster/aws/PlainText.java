package dev.muster.aws;

import java.util.Locale;

/** Messages of libraries without the details meant for programmers. */
final class PlainText {
    private PlainText() {}

    /** The message of an error, without the SDK's counts and names of classes. */
    static String of(Throwable error) {
        return error.getMessage() == null ? words(error) : of(error.getMessage());
    }

    static String of(String message) {
        return message.replaceAll("\\s*\\(SDK Attempt Count: \\d+\\)", "")
                .replaceAll("\\s*\\(Service: [^)]*\\)", "")
                .replaceAll("\\b(?:[a-z][a-z0-9_]*\\.){2,}([A-Z]\\w*)(?:Exception|Error)\\b:?\\s*", "")
                .replaceFirst("^Unable to execute HTTP request: ", "")
                .replaceFirst("(?s)\\. The request will usually .*", "")
                .replaceFirst("(?s)\\s*(This|It) (indicates|can be) .*", "")
                .strip();
    }

    /** Name of a class in words: {@code closed channel}. */
    private static String words(Throwable error) {
        return error.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
