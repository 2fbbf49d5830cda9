package dev.muster.inventory.format;

import java.util.Locale;

/** Format of an inventory's files. */
public enum InventoryFormat {
    PARQUET("Parquet"),
    CSV("CSV"),
    JSONL("JSONL");

    private final String manifestName;

    InventoryFormat(String manifestName) {
        this.manifestName = manifestName;
    }

    /** Name in a manifest. */
    public String manifestName() {
        return manifestName;
    }

    /** Name in options: {@code parquet}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Suffix of a file's name, including the dot: {@code .csv.gz}. Parquet compresses within the file. */
    public String suffix(InventoryCompression compression) {
        return "." + label() + (this == PARQUET ? "" : compression.suffix());
    }
}
