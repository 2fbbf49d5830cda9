package dev.muster.inventory.format;

import java.io.IOException;

/** An inventory that cannot be read for what it holds, in words for people; asking again would not help. */
public final class InventoryException extends IOException {
    private static final long serialVersionUID = 1;

    public InventoryException(String message) {
        super(message);
    }

    public InventoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
