package dev.muster.cli.option;

import dev.muster.cli.ExitCodes;
import dev.muster.cli.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket in one of the usual notations: {@code s3://bucket/prefix}, {@code bucket} or {@code arn:aws:s3:::bucket}.
 *
 * @param prefix beginning of the keys; empty for all
 */
public record S3Source(String bucket, String prefix) {
    /** Pattern of the notations; servers other than AWS also accept capitals. */
    private static final Pattern NAMED =
            Pattern.compile("(?:[sS]3://|arn:[^:/]*:s3:::)?([\\w.-]{1,255})(?:/(.*))?", Pattern.DOTALL);

    /** @throws UserException if it names no bucket */
    static S3Source of(String text) {
        Matcher source = NAMED.matcher(text);
        if (!source.matches() || !Character.isLetterOrDigit(source.group(1).charAt(0))) {
            throw new UserException(
                    ExitCodes.USAGE,
                    "SOURCE is " + text + ": give a bucket such as logs or s3://logs/2024/"
                            + (text.matches(".*[*?].*") ? ", or a pattern with --include" : ""));
        }
        return new S3Source(source.group(1), source.group(2) == null ? "" : source.group(2));
    }
}
