package dev.muster.cli.run;

/** A command whose run a cluster can do; its options have been parsed when these are called. */
public interface Clustered {
    /**
     * Shows a run of this command to its end and reports it.
     *
     * @return the exit code
     */
    int follow(ClusterRunner runner, String run);
}
