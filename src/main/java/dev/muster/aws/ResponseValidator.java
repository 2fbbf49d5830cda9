package dev.muster.aws;

import dev.muster.aws.s3.MalformedPageException;
import java.util.List;

/**
 * Checks that listings read by the SDK contain what every such listing contains. The SDK takes an empty body, or any
 * other document, for a list without entries and without a next page.
 */
public final class ResponseValidator {
    private ResponseValidator() {}

    /**
     * Returns the list that a complete answer has, even if it is empty.
     *
     * @param present whether the answer has it
     * @throws MalformedPageException if it does not; another try may help
     */
    public static <T> List<T> list(boolean present, List<T> list, String name) {
        if (!present) {
            throw new MalformedPageException("it is without " + name);
        }
        return list;
    }
}
