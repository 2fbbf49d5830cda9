package dev.muster.emulator.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.emulator.keys.KeyLayouts.UuidKeys;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyLayoutsTest {
    static List<String> layouts() {
        return List.copyOf(KeyLayouts.byName().keySet());
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void keysAscendAsUnsignedBytesAndAreUtf8(String layout) {
        for (long size : new long[] {1, 2, 39, 41, 5_003, 200_000}) {
            KeyGenerator keys = KeyLayouts.byName().get(layout).apply(size);
            byte[] before = {};
            for (long i = 0; i < size; i++) {
                byte[] key = keys.key(i);
                assertThat(Arrays.compareUnsigned(before, key)).isNegative();
                assertThat(key.length).isLessThanOrEqualTo(KeyGenerator.MAX_KEY_BYTES);
                before = key;
            }
            assertThat(new String(before, UTF_8).getBytes(UTF_8)).isEqualTo(before);
        }
    }

    @Property(tries = 400)
    void aSeekFindsTheFirstKeyBeyondItsBound(
            @ForAll @IntRange(max = 7) int layout,
            @ForAll @LongRange(min = 1, max = 3_000) long size,
            @ForAll @LongRange(max = 2_999) long index,
            @ForAll byte[] anything) {
        KeyGenerator keys = KeyLayouts.byName().get(layouts().get(layout)).apply(size);
        byte[] present = keys.key(index % size);
        assertThat(keys.seek(present, present.length, true)).isEqualTo(index % size);
        assertThat(keys.seek(present, present.length, false)).isEqualTo(index % size + 1);
        long found = keys.seek(anything, anything.length, false);
        assertThat(found == size || Arrays.compareUnsigned(keys.key(found), anything) > 0)
                .isTrue();
        assertThat(found == 0 || Arrays.compareUnsigned(keys.key(found - 1), anything) <= 0)
                .isTrue();
    }

    @Property(tries = 300)
    void civilDatesAgreeWithTheCalendarOfTheLibrary(@ForAll @LongRange(min = -700_000, max = 2_900_000) long day) {
        LocalDate expected = LocalDate.ofEpochDay(day);
        assertThat(CivilDate.of(day))
                .isEqualTo(new CivilDate(expected.getYear(), expected.getMonthValue(), expected.getDayOfMonth()));
    }

    @Test
    void totalsAddUp() {
        Totals totals = Totals.of(new UuidKeys(1_000));
        assertThat(totals.objects()).isEqualTo(1_000);
        assertThat(totals.objectsByClass().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(1_000);
        assertThat(totals.bytesByClass().values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(totals.bytes());
        assertThat(totals.largest()).isLessThanOrEqualTo(64L << 20);
    }
}
