/** Descriptions of the commands for other programs: manual pages, and completion in shells. */
package dev.muster.cli.usage;
