package dev.muster.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.aws.AwsSettings.AwsSettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * Reads the profiles of this machine's AWS configuration, including what aws-cli accepts and the SDK's reader does not:
 * names with blanks, in quotes; words after a section's bracket; colons instead of equals signs; indented properties. A
 * line that is no section, property or continuation costs only that line.
 */
final class ProfileReader {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileReader.class);
    private static final Pattern SECTION = Pattern.compile("\\[([^]]+)].*");
    private static final Pattern KIND = Pattern.compile("(profile|services|sso-session)\\s+(.+)");
    private static final Pattern PROPERTY = Pattern.compile("([^=:\\s][^=:]*?)\\s*[=:]\\s*(.*)");

    /** Keys whose values are names of sections. */
    private static final Set<String> REFERENCES = Set.of("source_profile", "sso_session", "services");

    /** Path at which no file can exist. */
    private static final String NOWHERE = "/dev/null/none";

    /** Files hidden from the SDK, by the property that names them. */
    private static final Map<String, Path> HIDDEN = new ConcurrentHashMap<>();

    private final StringBuilder clean = new StringBuilder();
    private final Path file;
    private boolean inSection;
    /** True if there is a line that the SDK's reader does not accept. */
    private boolean untidy;

    private int propertyIndent = -1;
    private Lines below = Lines.NOTHING;

    /** The meaning of lines that stand indented below a property. */
    private enum Lines {
        NOTHING,
        VALUE,
        PROPERTIES
    }

    private ProfileReader(Path file) {
        this.file = file;
    }

    /** @throws AwsSettingsException if a file, or the name of a section in it, cannot be read */
    static ProfileFile read() {
        ProfileFile.Aggregator files = ProfileFile.aggregator();
        location(ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE, ProfileFileLocation::credentialsFileLocation)
                .ifPresent(path -> files.addFile(read(
                        path, ProfileFile.Type.CREDENTIALS, ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE)));
        location(ProfileFileSystemSetting.AWS_CONFIG_FILE, ProfileFileLocation::configurationFileLocation)
                .ifPresent(path -> files.addFile(
                        read(path, ProfileFile.Type.CONFIGURATION, ProfileFileSystemSetting.AWS_CONFIG_FILE)));
        return files.build();
    }

    private static Optional<Path> location(ProfileFileSystemSetting setting, Supplier<Optional<Path>> usual) {
        return NOWHERE.equals(System.getProperty(setting.property()))
                ? Optional.ofNullable(HIDDEN.get(setting.property()))
                : usual.get();
    }

    /**
     * The SDK reads the files again for each client, whatever it is given, and accepts less: it is pointed elsewhere.
     */
    private static void hide(ProfileFileSystemSetting setting, Path path) {
        HIDDEN.put(setting.property(), path);
        System.setProperty(setting.property(), NOWHERE);
    }

    /** The name of a profile in the form that the SDK's reader accepts: only characters of host names and paths. */
    static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name.getBytes(UTF_8)) {
            char letter = (char) (octet & 0xFF);
            boolean plain = letter < 0x80 && (Character.isLetterOrDigit(letter) || "_-/.%@:+".indexOf(letter) >= 0);
            text.append(plain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
        }
        return text.toString();
    }

    private static ProfileFile read(Path path, ProfileFile.Type type, ProfileFileSystemSetting setting) {
        ProfileReader reader = new ProfileReader(path);
        try {
            new String(Files.readAllBytes(path), UTF_8)
                    .replaceFirst("^\uFEFF", "")
                    .lines()
                    .forEach(line -> reader.take(line, type));
            return ProfileFile.builder()
                    .content(new ByteArrayInputStream(reader.clean.toString().getBytes(UTF_8)))
                    .type(type)
                    .build();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            String reason = e instanceof IOException ? "permission denied, or it is no file" : e.getMessage();
            throw new AwsSettingsException(
                    OneLine.of("cannot read the AWS configuration file " + path + ": " + reason)
                            + "; correct it, or name another with " + setting.environmentVariable(),
                    e);
        } finally {
            if (reader.untidy) {
                hide(setting, path);
            }
        }
    }

    private void take(String line, ProfileFile.Type type) {
        String text = line.strip();
        int indent = line.indexOf(text);
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
            return;
        } else if (text.startsWith("[")) {
            section(text, type);
        } else if (!inSection) {
            untidy = true;
            LOG.debug("a line before the first section of {} is passed over", file);
        } else if (propertyIndent >= 0 && indent > propertyIndent) {
            continuation(text);
        } else {
            property(text, indent);
        }
    }

    private void section(String text, ProfileFile.Type type) {
        Matcher section = SECTION.matcher(text);
        untidy |= !text.endsWith("]");
        if (!section.matches() || section.group(1).isBlank()) {
            throw new IllegalArgumentException("Profile definition must end with ']'");
        }
        inSection = true;
        propertyIndent = -1;
        String heading = section.group(1).strip();
        Matcher kind = KIND.matcher(heading);
        boolean plain = type == ProfileFile.Type.CREDENTIALS || !kind.matches();
        String name = plain ? encoded(heading) : kind.group(1) + " " + encoded(unquoted(kind.group(2)));
        untidy |= !name.equals(heading);
        clean.append('[').append(name).append("]\n");
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1
                && (name.charAt(0) == '"' || name.charAt(0) == '\'')
                && name.charAt(name.length() - 1) == name.charAt(0);
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    private void property(String text, int indent) {
        Optional<Matcher> property = match(text);
        untidy |= indent > 0;
        propertyIndent = indent;
        below = property.map(found -> found.group(2).isEmpty() ? Lines.PROPERTIES : Lines.VALUE)
                .orElse(Lines.NOTHING);
        property.ifPresent(found -> {
            String key = found.group(1).toLowerCase(Locale.ROOT);
            String value = found.group(2);
            clean.append(key)
                    .append(" = ")
                    .append(REFERENCES.contains(key) ? encoded(unquoted(value)) : value)
                    .append('\n');
        });
    }

    private void continuation(String text) {
        if (below == Lines.VALUE) {
            clean.append("  ").append(text).append('\n');
        } else if (below == Lines.PROPERTIES) {
            match(text).ifPresent(found -> clean.append("  ")
                    .append(found.group(1))
                    .append(" = ")
                    .append(found.group(2))
                    .append('\n'));
        }
    }

    private Optional<Matcher> match(String text) {
        Matcher property = PROPERTY.matcher(text);
        if (property.matches() && encoded(property.group(1)).equals(property.group(1))) {
            untidy |= property.group().matches("[^=]*:.*=.*|[^=]*:[^=]*");
            return Optional.of(property);
        }
        untidy = true;
        LOG.debug("a line of {} that is no setting is passed over", file);
        return Optional.empty();
    }
}
