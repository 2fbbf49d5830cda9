/** The toy job of {@code muster prove}. */
package dev.muster.cli.prove;
