package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

class ProfileReaderTest {
    @TempDir
    Path home;

    private ProfileFile read(String credentials, String config) throws IOException {
        try (LocalSettings local = new LocalSettings(home, credentials, config)) {
            return ProfileReader.read();
        }
    }

    private static Optional<String> property(ProfileFile file, String profile, String key) {
        return file.profile(ProfileReader.encoded(profile)).flatMap(found -> found.property(key));
    }

    @Test
    void namesMayHaveBlanksInQuotesAndOtherLetters() throws IOException {
        ProfileFile file = read(
                "[über uns]\naws_access_key_id = one\n",
                "[profile \"my team\"]\nregion = eu-west-1\n"
                        + "[profile 'other team']\nsource_profile = my team\n[profile plain]\nregion = eu-north-1\n");

        assertThat(property(file, "my team", "region")).contains("eu-west-1");
        assertThat(property(file, "other team", "source_profile")).contains(ProfileReader.encoded("my team"));
        assertThat(property(file, "plain", "region")).contains("eu-north-1");
        assertThat(property(file, "über uns", "aws_access_key_id")).contains("one");
    }

    @Test
    void whatTheCommandLineToolTakesIsTaken() throws IOException {
        ProfileFile file = read(
                "",
                "\uFEFF# a comment\n[default] # of the team\n  Region : eu-west-1\n  output=json\n;\n"
                        + "nonsense\n\tindented nonsense\nsts_regional_endpoints = regional\r\n");

        Profile profile = file.profile("default").orElseThrow();
        assertThat(profile.properties())
                .containsEntry("region", "eu-west-1")
                .containsEntry("output", "json")
                .containsEntry("sts_regional_endpoints", "regional");
    }

    @Test
    void nestedSettingsBelongToTheirService() throws IOException {
        ProfileFile file = read(
                "",
                "[default]\nservices = my servers\n[services my servers]\n"
                        + "s3 =\n  endpoint_url: http://one:9000\n  odd line\nsqs =\n  endpoint_url = http://two:9000\n");

        Profile services =
                file.getSection("services", ProfileReader.encoded("my servers")).orElseThrow();
        assertThat(services.property("s3.endpoint_url")).contains("http://one:9000");
        assertThat(services.property("sqs.endpoint_url")).contains("http://two:9000");
    }

    @Test
    @Timeout(10)
    void aLongLineOfBlanksIsReadInNoTime() throws IOException {
        String blanks = " ".repeat(10_000);

        assertThatThrownBy(() -> read("", "[default" + blanks + "a\n")).hasMessageContaining("must end with ']'");
        assertThatThrownBy(() -> read("", "[" + blanks + "a\n")).hasMessageContaining("must end with ']'");
        assertThat(property(read("", "[default]\na" + blanks + "b\nregion = x\n"), "default", "region"))
                .contains("x");
        assertThat(property(
                        read("", "[" + blanks + "profile" + blanks + "a" + blanks + "]\nregion = x\n"), "a", "region"))
                .contains("x");
    }
}
