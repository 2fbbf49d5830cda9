/** Live page of a run on this machine. */
package dev.muster.cli.live;
