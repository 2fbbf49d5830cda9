/** Runs of jobs on this machine and on a cluster: credentials, checkpoints, resuming, reports. */
package dev.muster.cli.run;
