package dev.muster.aws;

import dev.muster.aws.s3.MalformedPageException;
import java.util.List;

/**
 * Requires of listings that the SDK has read what every such listing says. The SDK takes an empty body, or any other
 * document, for an answer that says nothing: a list without entries, and without a next page.
 */
public final class ResponseValidator {
    private ResponseValidator() {}

    /**
     * A list that a whole answer has, be it empty.
     *
     * @param present whether the answer has it
     * @throws MalformedPageException if it does not; another try may mend that
     */
    public static <T> List<T> list(boolean present, List<T> list, String name) {
        if (!present) {
            throw new MalformedPageException("it is without " + name);
        }
        return list;
    }

    /**
     * Tells whether the listing continues; a page has to say so.
     *
     * @throws MalformedPageException if it does not; another try may mend that
     */
    public static boolean truncated(Boolean isTruncated) {
        if (isTruncated == null) {
            throw new MalformedPageException("it is without IsTruncated");
        }
        return isTruncated;
    }
}
