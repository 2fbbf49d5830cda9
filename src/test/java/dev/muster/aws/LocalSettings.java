package dev.muster.aws;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The AWS configuration of a machine, while a test lasts: two files, and the properties that go before the environment. */
public final class LocalSettings implements AutoCloseable {
    private final Map<String, String> before = new LinkedHashMap<>();

    public LocalSettings(Path directory, String credentials, String config) throws IOException {
        set("aws.sharedCredentialsFile", file(directory.resolve("credentials"), credentials));
        set("aws.configFile", file(directory.resolve("config"), config));
    }

    /** Such as {@code aws.region} for {@code AWS_REGION}. */
    public LocalSettings set(String property, String value) {
        before.putIfAbsent(property, System.getProperty(property));
        System.setProperty(property, value);
        return this;
    }

    private static String file(Path path, String content) throws IOException {
        return Files.writeString(path, content).toString();
    }

    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
    }
}
