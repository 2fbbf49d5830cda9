package dev.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.muster.aws.LocalSettings;
import dev.muster.cli.option.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever is wrong with a call: one line that says what to do, exit code 2, nothing on stdout. */
class WrongUseTest {
    @TempDir
    Path home;

    private CapturedConsole console;

    @BeforeEach
    void sitDown() {
        console = new CapturedConsole(home);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                Arguments.of(List.of(), "muster --help"),
                Arguments.of(List.of("audti"), "did you mean audit"),
                Arguments.of(List.of("audit", "--numfile", "3"), "did you mean --numfiles"),
                Arguments.of(List.of("contact"), "did you mean contacts?"),
                Arguments.of(List.of("evnets"), "did you mean events?"),
                Arguments.of(
                        List.of("audit", "--format", "csv", "--largest"), "--largest has no effect with --format csv"),
                Arguments.of(List.of("audit", "--format", "json", "--sizeunit", "KB"), "--sizeunit has no effect"),
                Arguments.of(List.of("audit", "--numfiles", "x"), "--numfiles is x: give a whole number; see"),
                Arguments.of(List.of("audit", "--format", "xml"), "--format is xml: give text, json, csv or html; see"),
                Arguments.of(List.of("audit", "--workers"), "--workers has no value: give N; see"),
                Arguments.of(List.of("audit", "--no-sign-request"), "give their exact names"),
                Arguments.of(List.of("audit", "--no-sign-request", "--include=b*"), "give their exact names"),
                Arguments.of(
                        List.of("audit", "--no-sign-request", "--include=b", "--profile=p"), "leave out --profile"),
                Arguments.of(List.of("contacts", "--frmat", "csv"), "did you mean --format?"),
                Arguments.of(List.of("audit", "--sizunit=KB"), "did you mean --sizeunit?"),
                Arguments.of(List.of("audit", "--workers"), "--workers"),
                Arguments.of(List.of("audit", "--workers", "0"), "error: --workers is 0: give"),
                Arguments.of(
                        List.of("audit", "--sizeunit", "PB"), "--sizeunit is PB: give bytes, kb, mb, gb, tb or auto"),
                Arguments.of(List.of("contacts", "set"), "error: missing required parameter"),
                Arguments.of(List.of("audit", "--output", "/"), "error: cannot write to /: it is a directory"),
                Arguments.of(List.of("contacts", "--errors", "/nowhere/e"), "error: cannot write to /nowhere/e: its"),
                Arguments.of(List.of("audit", "--workers", "0"), "from 1 to 4096"),
                Arguments.of(List.of("audit", "--workers", "many"), "from 1 to 4096"),
                Arguments.of(List.of("audit", "--numfiles", "x"), "--numfiles"),
                Arguments.of(List.of("audit", "--numfiles", "1001"), "0 to 1000"),
                Arguments.of(List.of("audit", "--sizeunit", "PB"), "--sizeunit"),
                Arguments.of(List.of("report", "nowhere.json"), "there is no such file"),
                Arguments.of(List.of("audit", "--accounts", "111111111111"), "--org"),
                Arguments.of(List.of("audit", "--org", "--accounts", "12"), "12 digits"),
                Arguments.of(List.of("audit", "--keyid", "AKIA", "--endpoint-url", "nonsense"), "--endpoint-url"),
                Arguments.of(List.of("audit", "--keyid", "AKIA", "--endpoint-url", "//host"), "--endpoint-url"),
                Arguments.of(
                        List.of("events", "--queue-url", "http://localhost/q", "--sqs-endpoint-url", "nonsense"),
                        "--sqs-endpoint-url"),
                Arguments.of(List.of("audit", "--keyid", "A", "--secret", "b", "--region", "mars 1"), "mars 1"),
                Arguments.of(List.of("contacts", "--keyid", "A", "--secret", "b", "--region", "-x"), "such as"),
                Arguments.of(List.of("events", "--queue", "q", "--region", "us-east-1/"), "no region's name"),
                Arguments.of(List.of("node", "--region", "mars 1"), "no region's name"),
                Arguments.of(List.of("audit", "--keyid", "", "--secret", ""), "--keyid is empty: give both"),
                Arguments.of(List.of("audit", "--secret="), "--secret is empty: give both"),
                Arguments.of(List.of("audit", "logs-*"), "SOURCE is logs-*: give a bucket such as logs"),
                Arguments.of(List.of("audit", "https://host/logs"), "SOURCE is https://host/logs: give"),
                Arguments.of(List.of("audit", "s3://a/x", "s3://b/y"), "the sources have different prefixes"),
                Arguments.of(List.of("audit", "s3://a/x", "--prefix=y"), "--prefix is given, and s3://a/x has"),
                Arguments.of(List.of("audit", "logs", "--include=more"), "--include picks from a list of buckets"),
                Arguments.of(List.of("audit", "--include", ""), "--include has an empty name"),
                Arguments.of(List.of("audit", "--include", ","), "--include has an empty name"),
                Arguments.of(List.of("audit", "--include", "logs,"), "--include has an empty name"),
                Arguments.of(List.of("audit", "--exclude", ", logs"), "--exclude has an empty name"),
                Arguments.of(List.of("audit", "--org", "--role-name", ""), "--role-name is no role's name"),
                Arguments.of(List.of("audit", "--org", "--role-name", "a b"), "no role's name: a b; give"),
                Arguments.of(List.of("audit", "--role-name", "Audit"), "--org"),
                Arguments.of(List.of("audit", "--role-name=Audit"), "--org"),
                Arguments.of(List.of("audit", "--prefix", "\uFFFD\uFFFD/"), "LC_ALL"),
                Arguments.of(List.of("node", "--listen", "192.0.2.1:7355"), "will not listen on 192.0.2.1 without TLS"),
                Arguments.of(
                        List.of("node", "--listen=127.0.0.1:0", "--metrics-port=99999"), "give another --metrics-port"),
                Arguments.of(
                        List.of("node", "--listen=127.0.0.1:0", "--checkpoint=gs://runs/here"),
                        "gs://runs/here is neither a directory nor a location such as s3://bucket/prefix"),
                Arguments.of(List.of("audit", "--cluster"), "give --join HOST:PORT"),
                Arguments.of(List.of("audit", "--join=127.0.0.1:1"), "give --cluster too"),
                Arguments.of(List.of("contacts", "--join=127.0.0.1:1"), "give --cluster too"),
                Arguments.of(List.of("events", "--queue=events", "--join=127.0.0.1:1"), "give --cluster too"),
                Arguments.of(
                        List.of("audit", "--cluster", "--join=127.0.0.1:1", "--workers=8"), "its own --workers says"),
                Arguments.of(
                        List.of("contacts", "--cluster", "--join=127.0.0.1:1", "--workers", "8"),
                        "its own --workers says"),
                Arguments.of(List.of("audit", "--cluster", "--join=127.0.0.1:1", "--resume"), "muster attach"),
                Arguments.of(
                        List.of("audit", "--cluster", "--join=127.0.0.1:1", "--checkpoint=runs"),
                        "--checkpoint of its nodes"),
                Arguments.of(List.of("audit", "--sort", "size"), "give --depth too, or --largest"),
                Arguments.of(List.of("attach", "audit-1"), "give --join HOST:PORT"),
                Arguments.of(List.of("cluster", "status"), "give --join HOST:PORT"),
                Arguments.of(List.of("cluster", "cancel", "audit-1"), "give --join HOST:PORT"),
                Arguments.of(List.of("audit", "--config", "/nowhere/muster.conf"), "no such file"),
                Arguments.of(List.of("audit", "--keyid=X", "--config", "/nowhere/muster.conf"), "no such file"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isToldInOneLine(List<String> arguments, String remedy) {
        expectOneLine(arguments, remedy);
    }

    static Stream<Arguments> configurations() {
        return Stream.of(
                Arguments.of("muster.audit {", "muster.conf"),
                Arguments.of(
                        "muster.audit.numfile = 3",
                        "there is no key muster.audit.numfile; did you mean muster.audit.numfiles?"),
                Arguments.of("muster.max-attempts = 3", "did you mean muster.engine.max-attempts?"),
                Arguments.of("muster.colour = red", "conf/muster.conf shows all keys"),
                Arguments.of("muster.audit = 3", "muster.audit"),
                Arguments.of("muster.audit.numfiles = many", "muster.audit.numfiles"),
                Arguments.of("muster.audit.numfiles = -1", "0 to 1000"),
                Arguments.of("muster.audit.numfiles = 5000", "from the configuration, muster.audit.numfiles in "),
                Arguments.of("muster.audit.include = [\"\"]", "--include has an empty name"),
                Arguments.of("muster.region = \"mars 1\"", "no region's name: mars 1"),
                Arguments.of("muster.workers = 0", "from 1 to 4096"),
                Arguments.of("\nmuster.workers = 0", "from the configuration, muster.workers in "),
                Arguments.of("\nmuster.workers = 0", "muster.conf: 2"),
                Arguments.of("muster.engine.max-attempts = 0", "muster.engine.max-attempts"),
                Arguments.of(
                        "\nmuster.engine.backoff.base = fast",
                        "backoff.base is fast: give a duration with its unit; it comes from the" + " configuration, "),
                Arguments.of("muster.engine.max-attempts = 0", "muster.engine.max-attempts is 0: give 1 to "),
                Arguments.of("include \"nowhere.conf\"", "nowhere.conf, and there is no such file"),
                Arguments.of("include file(\"/nowhere/x.conf\")", "it includes /nowhere/x.conf"),
                Arguments.of("muster.engine.backoff.base = 2 days", "muster.engine.backoff.base"),
                Arguments.of("muster.engine.backoff { base = 30s, cap = 20s }", "give 30s to 86400s"),
                Arguments.of("muster.aws.timeout.read = 0s", "muster.aws.timeout"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aWrongConfigurationIsToldInOneLine(String content, String named) throws IOException {
        Path file = Files.writeString(home.resolve("muster.conf"), content);

        expectOneLine(List.of("audit", "--config", file.toString()), named);
    }

    @Test
    void whatAnArgumentSaysIsNotBlamedOnTheConfiguration() throws IOException {
        Path file = Files.writeString(home.resolve("muster.conf"), "muster.audit.numfiles = 3");

        CapturedConsole.Result result = console.run("audit", "--numfiles=5000", "--config=" + file);

        assertThat(result.errors()).containsExactly("muster: error: --numfiles is 5000: give 0 to 1000");
    }

    @Test
    void anAwsConfigurationThatCannotBeReadIsToldInOneLine() throws IOException {
        try (LocalSettings local = new LocalSettings(home, "[broken", "")) {
            expectOneLine(List.of("audit", "--profile=good"), home.resolve("credentials") + ": Profile definition");
        }
    }

    static Stream<Arguments> configurationsOfOtherCommands() {
        return Stream.of(
                Arguments.of("events", "muster.events.queue = q, muster.aws.timeout.read = abc", "timeout.read"),
                Arguments.of("events", "muster.events { queue = q, pollers = 0 }", "muster.events.pollers"),
                Arguments.of(
                        "events",
                        "muster.events { queue = q, message.rules = [{ field = nosuch, drop-if { missing = true } }] }",
                        "nosuch"),
                Arguments.of("contacts", "muster.contacts.timeout = 0s", "muster.contacts.timeout"),
                Arguments.of("contacts", "muster.contacts.quota.GetAlternateContact.burst = 0", "burst of at least 1"),
                Arguments.of("node", "muster.cluster.keep-runs = -1 days", "muster.cluster.keep-runs"));
    }

    @ParameterizedTest
    @MethodSource("configurationsOfOtherCommands")
    void aWrongConfigurationOfAnyCommandIsToldInOneLine(String command, String content, String named)
            throws IOException {
        Path file = Files.writeString(home.resolve("muster.conf"), content);

        expectOneLine(List.of(command, "--config", file.toString()), named);
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsNoFileOfArguments() throws IOException {
        Path file = Files.writeString(home.resolve("words"), "--help");

        expectOneLine(List.of("audit", "@" + file), "SOURCE is @");
    }

    /** What is meant for other commands; so the failure here is another one. */
    @Test
    void whatTheConfigurationSaysWithoutEffectOnARunIsNoWrongUse() throws IOException {
        Path file = Files.writeString(
                home.resolve("muster.conf"),
                "muster.join = \"127.0.0.1:1\", muster.workers = 8, muster.checkpoint = runs");
        String broken = "--endpoint-url=nonsense";

        expectOneLine(List.of("audit", "--keyid=AKIA", broken, "--config=" + file), "--endpoint-url");
        expectOneLine(List.of("audit", "--cluster", "--keyid=AKIA", broken, "--config=" + file), "--endpoint-url");
    }

    /** What is meant for runs with or without {@code --missing}; so the failure here is another one. */
    @Test
    void whatTheConfigurationSaysOfContactsWithoutEffectOnARunIsNoWrongUse() throws IOException {
        Path file = Files.writeString(
                home.resolve("muster.conf"), "muster.contacts { domain = [example.org], full = true, primary = true }");
        String broken = "--endpoint-url=nonsense";

        expectOneLine(List.of("contacts", "--keyid=AKIA", broken, "--config=" + file), "--endpoint-url");
        expectOneLine(List.of("contacts", "--missing", "--keyid=AKIA", broken, "--config=" + file), "--endpoint-url");
        expectOneLine(List.of("contacts", "--domain=example.org", "--config=" + file), "give --missing too");
        expectOneLine(List.of("contacts", "--missing", "--full", "--config=" + file), "leave --pivot");
    }

    @Test
    void theValueOfAMisspeltOptionIsNotRepeated() {
        assertThat(console.run("audit", "--sceret=hush").stderr()).doesNotContain("hush");
        assertThat(console.run("audit", "--sceret", "hush").stderr()).doesNotContain("hush");
    }

    @Test
    void nothingIsSuggestedForAValue() {
        assertThat(console.run("audit", "--", "--org").stderr())
                .contains("SOURCE is --org: give a bucket")
                .doesNotContain("did you mean");
    }

    @Test
    void aKeyThatNothingReadsIsTold() throws IOException {
        Path file = Files.writeString(
                home.resolve("muster.conf"),
                "audit.numfiles = 3\nusers = \"http://nonsense\"\nwhere = nonsense\nmuster.endpoint-url = ${where}");

        Logger logger = (Logger) LoggerFactory.getLogger(Configuration.class);
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        logged.start();
        logger.addAppender(logged);
        try {
            expectOneLine(List.of("audit", "--config=" + file), "--endpoint-url is not a URL: nonsense");
        } finally {
            logger.detachAppender(logged);
        }

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactlyInAnyOrder(
                        "nothing reads the key audit in " + file + ": 1; did you mean muster.audit?",
                        "nothing reads the key users in " + file + ": 2; Muster's own keys are in muster { }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"help audit", "audit --help", "audit -h"})
    void helpIsGivenHoweverItIsAskedFor(String arguments) {
        CapturedConsole.Result result = console.run(arguments.split(" "));

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).contains("muster audit", "--numfiles");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "-V", "--version"})
    void theVersionIsToldHoweverItIsAskedFor(String argument) {
        assertThat(console.run(argument).stdout()).startsWith("muster ");
    }

    @Test
    void noExampleInTheHelpIsBroken() {
        for (String command : List.of("audit", "events", "events backfill", "contacts", "node", "demo")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--help");
            String help = console.run(words).stdout();
            assertThat(help.lines().filter(line -> line.startsWith("  muster ")))
                    .as(command)
                    .isNotEmpty()
                    .allMatch(line -> line.length() < 80);
            assertThat(help.substring(help.indexOf("Examples:")).lines().skip(1))
                    .as(command)
                    .allMatch(line -> line.startsWith("  muster ")
                            || line.startsWith("      ")
                            || line.startsWith("  ")
                            || line.isEmpty());
        }
    }

    @Test
    void helpNeedsNoConfiguration() throws IOException {
        Files.createDirectories(home.resolve("config/muster"));
        Files.writeString(home.resolve("config/muster/muster.conf"), "broken {");

        CapturedConsole.Result help = console.run("--help");

        assertThat(help.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(help.stdout()).contains("audit", "demo", "Exit codes");
        expectOneLine(List.of("audit"), "config/muster/muster.conf");
    }

    @Test
    void helpShowsDefaultsAndAnExample() {
        CapturedConsole.Result result = console.run("audit", "--help");

        assertThat(result.code()).isEqualTo(ExitCodes.COMPLETE);
        assertThat(result.stdout()).contains("(default: 5)", "(default: OrganizationAccountAccessRole)", "Examples:");
    }

    private void expectOneLine(List<String> arguments, String remedy) {
        CapturedConsole.Result result = console.run(arguments);

        assertThat(result.errors())
                .singleElement()
                .asString()
                .startsWith("muster: error: ")
                .contains(remedy)
                .doesNotContain("jar:", "file:/");
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.stdout()).isEmpty();
    }
}
