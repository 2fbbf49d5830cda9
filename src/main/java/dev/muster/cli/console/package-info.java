/** The terminal: progress, signals, log lines and error messages. */
package dev.muster.cli.console;
