package dev.muster.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether a run is done by a cluster, and by which. */
public final class ClusterOptions {
    @Option(
            names = "--cluster",
            fallbackValue = "true",
            description = "have a cluster do the run; its nodes use their own credentials")
    boolean cluster;

    @Mixin
    JoinOption join;
}
