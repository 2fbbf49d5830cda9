/** Muster against servers that others wrote; {@code scripts/test --foreign} runs it where they are installed. */
package dev.muster.foreign;
