package dev.muster.audit.range;

/** A cut between two ranges: the last keys listed before it and the first after it, once they are known. */
final class Edge {
    int[][] left;
    int[][] right;
    boolean end; // no key follows
}
