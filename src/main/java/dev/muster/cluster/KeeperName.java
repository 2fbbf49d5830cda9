package dev.muster.cluster;

/** A keeper's name in the cluster. */
record KeeperName(String run, String name) {
    private static final char SEPARATOR = '/';

    static KeeperName parse(String entityId) {
        int at = entityId.indexOf(SEPARATOR);
        return new KeeperName(entityId.substring(0, at), entityId.substring(at + 1));
    }

    @Override
    public String toString() {
        return run + SEPARATOR + name;
    }
}
