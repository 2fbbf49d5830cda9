package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.s3.ListingPage;
import dev.muster.aws.s3.MalformedPageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The answer to a listing as it arrived, for what the SDK does not check: whether it is such a listing at all, and
 * elements that only other servers send. The SDK takes any document for an empty answer.
 */
public final class ListingAnswer {
    private static final ExecutionAttribute<ListingAnswer> OF_REQUEST =
            new ExecutionAttribute<>("dev.muster.listing-answer");
    private static final Pattern ROOT = Pattern.compile("\\A\uFEFF?\\s*(?:<[?!][^>]*>\\s*)*<(?:[\\w.-]+:)?([\\w.-]+)");

    private final String root;
    private volatile String text = "";
    private volatile boolean tooLong;

    /** @param root the name of the answer's outermost element */
    public ListingAnswer(String root) {
        this.root = root;
    }

    /** Keeps the answer to a request here. */
    public void of(AwsRequestOverrideConfiguration.Builder request) {
        request.putExecutionAttribute(OF_REQUEST, this);
    }

    /**
     * Requires that the answer was such a listing; one without a body is left to the caller.
     *
     * @throws S3Exception if it was an error document, whatever its status
     * @throws MalformedPageException if it was another document, or too long
     */
    public void requireRoot() {
        if (tooLong) {
            throw new MalformedPageException(
                    "it is too long for one page, with more than " + ListingPage.MOST_BYTES + " bytes");
        }
        Matcher found = ROOT.matcher(text);
        if (!found.find() || found.group(1).equals(root)) {
            return;
        } else if (found.group(1).equals("Error")) {
            String message = value("Message").orElse("an error document");
            throw S3Exception.builder()
                    .awsErrorDetails(AwsErrorDetails.builder()
                            .errorCode(value("Code").orElse(null))
                            .errorMessage(message)
                            .build())
                    .statusCode(200)
                    .message(message)
                    .build();
        }
        throw MalformedPageException.foreign("<" + found.group(1) + "> where <" + root + "> was expected");
    }

    /** The text of the first element with a name; empty if there is none, or it has no text. */
    public Optional<String> value(String element) {
        Matcher found = Pattern.compile("<(?:[\\w.-]+:)?" + element + "(?:\\s[^>]*)?>([^<]+)</")
                .matcher(text);
        return found.find() ? Optional.of(unescaped(found.group(1))) : Optional.empty();
    }

    private static String unescaped(String xml) {
        return xml.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    /** Copies the bytes of answers that are to be kept. */
    static final class Keeper implements ExecutionInterceptor {
        @Override
        public Optional<InputStream> modifyHttpResponseContent(
                Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
            ListingAnswer answer = attributes.getAttribute(OF_REQUEST);
            if (answer == null || context.responseBody().isEmpty()) {
                return context.responseBody();
            }
            try (InputStream body = context.responseBody().get()) {
                byte[] bytes = body.readNBytes(ListingPage.MOST_BYTES + 1);
                answer.tooLong = bytes.length > ListingPage.MOST_BYTES;
                if (answer.tooLong) {
                    if (body instanceof Abortable connection) {
                        connection.abort();
                    }
                    return Optional.of(InputStream.nullInputStream());
                }
                answer.text = new String(bytes, UTF_8);
                return Optional.of(new ByteArrayInputStream(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Checks that listings read by the SDK contain what every such listing contains. The SDK takes an empty body, or any
     * other document, for a list without entries and without a next page.
     */
    public static final class ResponseValidator {
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

        /**
         * Tells whether the listing continues, which every page must say.
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
}
