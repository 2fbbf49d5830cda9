package dev.muster.cluster;

/** Release of Muster. */
final class Release {
    private Release() {}

    static String name() {
        String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
