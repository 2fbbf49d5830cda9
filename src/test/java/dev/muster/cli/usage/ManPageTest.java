package dev.muster.cli.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import picocli.CommandLine.Help.Ansi;

class ManPageTest {
    private static final List<VisibleCommand> COMMANDS = VisibleCommand.all(Program.get());

    @Test
    void everyCommandOfTheHelpHasAPageAndNoOtherHas() {
        assertThat(COMMANDS)
                .extracting(ManPage::name)
                .contains("muster", "muster-audit", "muster-events-backfill", "muster-completion")
                .doesNotContain("muster-man-pages");
    }

    @TestFactory
    Stream<DynamicTest> aPageTellsAllThatTheHelpTells() {
        return COMMANDS.stream()
                .map(command -> DynamicTest.dynamicTest(ManPage.name(command), () -> {
                    String page = ManPage.of(command);
                    assertThat(page).startsWith(".TH \"MUSTER");
                    command.options().forEach(option -> assertThat(page)
                            .contains("\\fB" + option.longestName().replace("-", "\\-") + "\\fR"));
                    command.commands().forEach(child -> assertThat(page)
                            .contains(".B " + child.spec().name()));
                    assertThat(page).doesNotContain("${", "%n", "null");
                }));
    }

    @TestFactory
    Stream<DynamicTest> noLineBreakTearsAnExample() {
        return COMMANDS.stream()
                .map(command -> DynamicTest.dynamicTest(ManPage.name(command), () -> {
                    String help = command.spec().commandLine().getUsageMessage(Ansi.OFF);
                    String page = ManPage.of(command);
                    Arrays.stream(command.spec().usageMessage().footer())
                            .filter(line -> line.startsWith("  muster"))
                            .forEach(line -> {
                                assertThat(help.lines()).contains(line.replace("%%", "%"));
                                assertThat(page.lines())
                                        .contains(line.replace("%%", "%")
                                                .replace("\\", "\\e")
                                                .replace("-", "\\-"));
                            });
                }));
    }

    @Test
    void aLineThatRoffWouldTakeForARequestIsText() {
        String page = ManPage.of(COMMANDS.get(0));
        assertThat(page.lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|SS|TP|B|I|EX|EE|br)( .*)?"));
    }
}
