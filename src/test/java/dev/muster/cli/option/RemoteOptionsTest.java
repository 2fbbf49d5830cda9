package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

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
}
