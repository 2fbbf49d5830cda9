package dev.muster.inventory.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.muster.aws.s3.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads JSON lines as written by {@link JsonRowWriter}. Unknown fields are ignored. */
final class JsonRowReader implements RowReader {
    private static final String KEY_BASE64 = "key_base64";

    private final JsonParser json;
    private final RowAssembler rows;
    private long line;

    JsonRowReader(InputStream in, RowAssembler rows) throws IOException {
        this.json = new JsonFactory().createParser(in);
        this.rows = rows;
    }

    @Override
    public InventoryRow next() throws IOException {
        try {
            JsonToken token = json.nextToken();
            if (token == null) {
                return null;
            }
            line++;
            if (token != JsonToken.START_OBJECT) {
                throw rows.damaged("row " + line + " is no JSON object");
            }
            rows.begin();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                field(name);
            }
            return rows.row();
        } catch (InventoryException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw rows.damaged("behind row " + line + " it is damaged", e);
        }
    }

    private void field(String name) throws IOException {
        if (name.equals(KEY_BASE64)) {
            rows.set(InventoryColumn.KEY, ObjectKey.copyOf(json.getBinaryValue()));
            return;
        }
        Optional<InventoryColumn> column = rows.column(name);
        if (column.isEmpty() || !json.currentToken().isScalarValue()) {
            json.skipChildren();
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            rows.set(column.get(), value(column.get()));
        }
    }

    private Object value(InventoryColumn column) throws IOException {
        String text = json.getText();
        return column.type() == InventoryColumn.Type.KEY
                ? ObjectKey.of(text)
                : TextValues.of(column, text)
                        .orElseThrow(() -> rows.damaged("row " + line + " has \"" + text + "\" for " + column.label()));
    }

    @Override
    public void close() throws IOException {
        json.close();
    }
}
