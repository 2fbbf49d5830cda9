/** The command line: commands, exit codes, progress on the terminal. The only code that prints or exits. */
package dev.muster.cli;
