package dev.muster.inventory.format;

import java.io.IOException;

/** An inventory cannot be read because of its content; trying again would not help. The message says why. */
public final class InventoryException extends IOException {
    private static final long serialVersionUID = 1;

    public InventoryException(String message) {
        super(message);
    }

    public InventoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
