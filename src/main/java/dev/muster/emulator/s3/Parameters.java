package dev.muster.emulator.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.emulator.server.Call;
import dev.muster.emulator.server.ServiceError;
import dev.muster.emulator.server.XmlBuffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;

/** Values in S3's formats. */
final class Parameters {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HTTP = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Parameters() {}

    /** A number from 0 on, limited to a maximum. */
    static int number(Call call, String name, int most) {
        String text = call.parameter(name).filter(value -> !value.isEmpty()).orElse(Integer.toString(most));
        if (!text.matches("\\d{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw S3Errors.invalidArgument("Provided " + name + " not an integer or within integer range", name, text);
        }
        return Math.min(most, Integer.parseInt(text));
    }

    static String required(Call call, String name) {
        return call.parameter(name)
                .orElseThrow(() -> S3Errors.invalidArgument("This request requires " + name, name, ""));
    }

    static ServiceError badToken(String token) {
        return S3Errors.invalidArgument("The continuation token provided is incorrect", "continuation-token", token);
    }

    static boolean urlEncoding(Call call) {
        String value = call.parameter("encoding-type").orElse("");
        if (!value.isEmpty() && !value.equals("url")) {
            throw S3Errors.invalidArgument("Invalid Encoding Method specified in Request", "encoding-type", value);
        }
        return !value.isEmpty();
    }

    static String iso(Instant instant) {
        return ISO.format(instant);
    }

    static String http(Instant instant) {
        return HTTP.format(instant);
    }

    /** Canonical id of an account: 64 hexadecimal digits. */
    static String canonicalId(String account) {
        return String.format("%052x", 0xcafe) + account;
    }

    /** The smallest text greater than every text that begins with this one, which must not be empty. */
    static byte[] beyond(byte[] prefix) {
        byte[] bound = Arrays.copyOf(prefix, prefix.length);
        bound[bound.length - 1]++;
        return bound;
    }

    static void writeOwner(XmlBuffer xml, String element, String account) {
        xml.open(element).leaf("ID", canonicalId(account)).close(element);
    }

    static String text(byte[] utf8) {
        return new String(utf8, UTF_8);
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
