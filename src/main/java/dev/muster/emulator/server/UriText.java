package dev.muster.emulator.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** Percent-decoding as AWS does it: byte by byte, so that any key survives. */
public final class UriText {
    private UriText() {}

    /** Decodes a path: {@code +} stands for itself. */
    public static String path(String encoded) {
        return decode(encoded, false);
    }

    /** Decodes {@code name=value&name=value}, in which {@code +} may stand for a space; the last of a name wins. */
    public static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        int start = 0;
        while (start < encoded.length()) {
            int end = encoded.indexOf('&', start);
            end = end < 0 ? encoded.length() : end;
            int equals = encoded.indexOf('=', start);
            boolean valued = equals >= 0 && equals < end;
            String name = encoded.substring(start, valued ? equals : end);
            form.put(decode(name, true), valued ? decode(encoded.substring(equals + 1, end), true) : "");
            start = end + 1;
        }
        return form;
    }

    private static String decode(String encoded, boolean plusIsSpace) {
        if (encoded.indexOf('%') < 0 && (!plusIsSpace || encoded.indexOf('+') < 0)) {
            return encoded;
        }
        byte[] source = encoded.getBytes(UTF_8);
        ByteArrayOutputStream target = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%' && i + 2 < source.length) {
                target.write(hex(source[i + 1]) << 4 | hex(source[i + 2]));
                i += 2;
            } else {
                target.write(plusIsSpace && source[i] == '+' ? ' ' : source[i]);
            }
        }
        return target.toString(UTF_8);
    }

    private static int hex(byte digit) {
        int value = Character.digit(digit, 16);
        if (value < 0) {
            throw new ServiceError(400, "InvalidURI", "Couldn't parse the specified URI.");
        }
        return value;
    }
}
