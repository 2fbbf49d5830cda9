package dev.muster.cluster;

/** Which release of Muster this is. */
final class Release {
    private Release() {}

    static String name() {
        String version = Release.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }
}
