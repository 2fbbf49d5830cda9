/** The terminal: progress, signals, log lines and the words of errors. */
package dev.muster.cli.console;
