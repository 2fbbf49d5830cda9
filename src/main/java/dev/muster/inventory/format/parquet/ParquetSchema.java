package dev.muster.inventory.format.parquet;

import dev.muster.inventory.format.InventoryColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MilliSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/** Schema of an inventory: the types that Amazon S3 Inventory has. */
public final class ParquetSchema {
    private static final String NAME = "s3.inventory";

    private ParquetSchema() {}

    /** The schema in words, as a manifest has it. */
    public static String text(List<InventoryColumn> columns) {
        StringBuilder text = new StringBuilder("message " + NAME + " {");
        for (InventoryColumn column : columns) {
            text.append(column.required() ? " required " : " optional ")
                    .append(
                            switch (column.type()) {
                                case TEXT, KEY -> "binary " + column.label() + " (UTF8)";
                                case FLAG -> "boolean " + column.label();
                                case NUMBER -> "int64 " + column.label();
                                case TIME -> "int64 " + column.label() + " (TIMESTAMP_MILLIS)";
                            })
                    .append(';');
        }
        return text + " }";
    }

    /** The schema in the form of a footer. */
    static List<SchemaElement> elements(List<InventoryColumn> columns) {
        List<SchemaElement> elements = new ArrayList<>();
        elements.add(new SchemaElement(NAME).setNum_children(columns.size()));
        for (InventoryColumn column : columns) {
            SchemaElement element = new SchemaElement(column.label())
                    .setRepetition_type(column.required() ? FieldRepetitionType.REQUIRED : FieldRepetitionType.OPTIONAL)
                    .setType(physical(column));
            switch (column.type()) {
                case TEXT, KEY ->
                    element.setConverted_type(ConvertedType.UTF8).setLogicalType(LogicalType.STRING(new StringType()));
                case TIME ->
                    element.setConverted_type(ConvertedType.TIMESTAMP_MILLIS)
                            .setLogicalType(LogicalType.TIMESTAMP(
                                    new TimestampType(true, TimeUnit.MILLIS(new MilliSeconds()))));
                case FLAG, NUMBER -> {}
            }
            elements.add(element);
        }
        return elements;
    }

    static Type physical(InventoryColumn column) {
        return switch (column.type()) {
            case TEXT, KEY -> Type.BYTE_ARRAY;
            case FLAG -> Type.BOOLEAN;
            case NUMBER, TIME -> Type.INT64;
        };
    }
}
