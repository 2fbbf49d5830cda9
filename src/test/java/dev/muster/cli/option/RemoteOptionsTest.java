package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class RemoteOptionsTest {
    /** An option that is new here needs a decision: what travels is kept where others may read it. */
    @Test
    void ofWhatConcernsAwsOnlyThePlaceTravelsAndNoCredentials() {
        CommandLine command =
                new CommandLine(CommandSpec.create().addMixin("aws", CommandSpec.forAnnotatedObject(new AwsOptions())));
        command.parseArgs(command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .map(name -> name + "=value")
                .toArray(String[]::new));

        assertThat(RemoteOptions.of(command.getCommandSpec()).keySet()).containsExactly("endpoint-url", "region");
    }

    @Test
    void whatAnHonestClientKeepsIsNotAppliedThoughItHasTravelled() {
        AwsOptions options = new AwsOptions();
        CommandLine command =
                new CommandLine(CommandSpec.create().addMixin("aws", CommandSpec.forAnnotatedObject(options)));

        RemoteOptions.apply(new TreeMap<>(Map.of("profile", "theirs", "region", "eu-west-1")), command);

        assertThat(options.profile).isNull();
        assertThat(options.region).isEqualTo("eu-west-1");
    }
}
