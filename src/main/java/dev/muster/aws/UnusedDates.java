package dev.muster.aws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Replaces dates that nothing here reads before the SDK does: for one that is in another form than AWS's it would reject a
 * whole page of accounts.
 */
final class UnusedDates implements ExecutionInterceptor {
    private static final Pattern DATE = Pattern.compile(
            "(?<!\\\\)(\"(?:Joined|Requested|Completed)Timestamp\"\\s*:\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^,}\\]\\s]+)");

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(body -> {
            try {
                String text = new String(body.readAllBytes(), ISO_8859_1);
                return new ByteArrayInputStream(
                        DATE.matcher(text).replaceAll("$10").getBytes(ISO_8859_1));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
