package dev.muster.emulator.keys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;

/** The key layouts that buckets have in practice, under the names that tests and benchmarks print. */
public final class KeyLayouts {
    private static final Map<String, LongFunction<KeyGenerator>> ALL = all();

    private KeyLayouts() {}

    /** Every layout by name, in a fixed order; the function takes the number of objects. */
    public static Map<String, LongFunction<KeyGenerator>> byName() {
        return ALL;
    }

    private static Map<String, LongFunction<KeyGenerator>> all() {
        Map<String, LongFunction<KeyGenerator>> layouts = new LinkedHashMap<>();
        layouts.put("sequential", SequentialKeys::new);
        layouts.put("uuid", UuidKeys::new);
        layouts.put("dated", DatedLogKeys::new);
        layouts.put("hive", HiveKeys::new);
        layouts.put("tiny-directories", TinyDirectoryKeys::new);
        layouts.put("skew", SkewedKeys::new);
        layouts.put("cyrillic", CyrillicKeys::new);
        layouts.put("deep-prefix", DeepPrefixKeys::new);
        return Collections.unmodifiableMap(layouts);
    }
}
