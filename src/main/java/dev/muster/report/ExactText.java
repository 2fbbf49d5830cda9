package dev.muster.report;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Bytes as text without loss: UTF-8 where they are valid, and each byte that is not as the lone surrogate U+DC80 to
 * U+DCFF, as Python's {@code surrogateescape} does (PEP 383). Different bytes always give different text.
 */
public final class ExactText {
    private ExactText() {}

    public static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (decoder.decode(in, out, true).isError()) {
            out.put((char) (0xDC00 | (in.get() & 0xFF)));
            decoder.reset();
        }
        return out.flip().toString();
    }

    /** Whether the character stands for a byte that is not valid UTF-8. */
    static boolean isUndecodable(int codePoint) {
        return codePoint >= 0xDC80 && codePoint <= 0xDCFF;
    }
}
