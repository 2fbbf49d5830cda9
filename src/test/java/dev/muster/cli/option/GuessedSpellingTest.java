package dev.muster.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessedSpellingTest {
    @ParameterizedTest
    @CsvSource({
        "help audit, audit --help",
        "help, --help",
        "help contacts set, contacts set --help",
        "version, --version",
        "-V, --version",
        "audit -o json, audit --format json",
        "audit -o audit.json, audit --output audit.json",
        "audit --endpoint http://one, audit --endpoint-url http://one",
        "audit --endpoint=http://one, audit --endpoint-url=http://one",
        "du --max-depth 2, du --depth 2",
        "audit --color never --org, audit --org",
        "audit --color=never --org, audit --org",
        "audit --verbose, audit --debug",
        "audit -- --top, audit -- --top",
        "audit -largest -numfiles=3, audit --largest --numfiles=3",
        "audit --largest, audit --largest",
    })
    void whatOtherToolsCallItIsUnderstood(String given, String meant) {
        assertThat(GuessedSpelling.correct(List.of(given.split(" ")))).containsExactly(meant.split(" "));
    }
}
