/** One file per command: its options, its help, and what it does with the parts of {@code cli.run}. */
package dev.muster.cli.command;
