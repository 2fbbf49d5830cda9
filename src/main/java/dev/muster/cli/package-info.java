/**
 * The command line. The only code that prints or exits. {@link dev.muster.cli.Main} parses the arguments and reports errors,
 * {@link dev.muster.cli.ExitCodes} decides the exit code of a run, {@code cli.command} has a file per command, and
 * {@code cli.option} declares and checks the options.
 */
package dev.muster.cli;
