package dev.muster.emulator.keys;

/** Random UUIDs without a common prefix, spread evenly over the key space, as upload services name their objects. */
public record UuidKeys(long size) implements KeyGenerator {
    @Override
    public int writeKey(long index, byte[] target) {
        long random = ObjectFacts.mix(index ^ 0x2545f4914f6cdd1dL);
        long stride = Long.MAX_VALUE / size * 2;
        long high = index * stride + Math.multiplyHigh(random >>> 1, stride >>> 1);
        long low = ObjectFacts.mix(random);
        int at = KeyText.hex(high >>> 32, 8, target, 0);
        target[at++] = '-';
        at = KeyText.hex(high >>> 16, 4, target, at);
        target[at++] = '-';
        at = KeyText.hex(high, 4, target, at);
        target[at++] = '-';
        at = KeyText.hex(low >>> 48, 4, target, at);
        target[at++] = '-';
        return KeyText.hex(low, 12, target, at);
    }
}
