package dev.muster.cluster;

/** A keeper's name in the cluster. */
record SharedActorName(String run, String name) {
    private static final char SEPARATOR = '/';

    static SharedActorName parse(String entityId) {
        int at = entityId.indexOf(SEPARATOR);
        return new SharedActorName(entityId.substring(0, at), entityId.substring(at + 1));
    }

    @Override
    public String toString() {
        return run + SEPARATOR + name;
    }
}
