package dev.muster;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.cli.Main;
import dev.muster.cli.console.Console;
import dev.muster.cli.run.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** README, manual and scripts name only what there is. */
class ManualTest {
    private static final Path README = Path.of("README.md");
    private static final Path MANUAL = Path.of("src/site/markdown");
    private static final Path MAIN = Path.of("src/main/java/dev/muster");
    private static final Path TESTS = Path.of("src/test/java/dev/muster");

    private static final Pattern FENCED = Pattern.compile("(?ms)^```([a-z]*)\\n(.*?)^```$");
    private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
    private static final Pattern INVARIANT = Pattern.compile("\\binvariants? (\\d+)(?:(?:,| and|, and) (\\d+))*");

    /** Options of scripts, and what looks like one. */
    private static final Set<String> FOREIGN_OPTIONS = Set.of("--fast", "--x-s3");

    /** Parts of messages that come from Java, or from a service. */
    private static final List<String> FOREIGN_MESSAGES =
            List.of("enable trusted access with AWS Account Management", "NoSuchBucket");

    /** Names that look like a class and are none of Muster's. */
    private static final Set<String> FOREIGN_CLASSES = Set.of("String");

    @Test
    void theReadmeFitsOnTwoScreens() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(120);
    }

    @Test
    void everyCommandParses() {
        Map<String, Path> lines = new LinkedHashMap<>();
        pages().forEach((page, text) -> {
            fenced(text).forEach(block -> block.body()
                    .lines()
                    .filter(line -> block.language().equals("sh") || line.startsWith("$ "))
                    .forEach(line -> lines.put(line.replaceFirst("^\\$ ", ""), page)));
            spans(text)
                    .filter(span -> span.matches("(scripts/)?muster [a-z].*"))
                    .forEach(span -> lines.put(span, page));
        });
        List<List<String>> commands = new ArrayList<>();
        lines.forEach((line, page) -> ShellLine.musterCommands(line).stream()
                .filter(command -> command.stream().noneMatch(argument -> argument.equals("COMMAND")))
                .forEach(command -> {
                    commands.add(command);
                    assertThatNoException().as(page + ": " + line).isThrownBy(() -> ShellLine.parse(complete(command)));
                }));
        assertThat(commands).hasSizeGreaterThan(40);
    }

    @Test
    void everyOptionExists() {
        Set<String> known = new HashSet<>(FOREIGN_OPTIONS);
        commands()
                .forEach(command ->
                        command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names()))));
        known.add("--no-learn");
        assertNamed("option", "--[a-z][a-z0-9-]*", span -> span.split("[ =]", 2)[0], known);
    }

    @Test
    void everyConfigurationKeyExists() {
        Config reference = ConfigFactory.parseResources("reference.conf");
        Set<String> named = new TreeSet<>();
        pages().values().forEach(text -> {
            spans(text)
                    .filter(span -> span.matches("muster(\\.[a-z-]+)+( = .*)?"))
                    .forEach(span -> named.add(span.split(" ", 2)[0]));
            fenced(text).filter(block -> block.language().equals("hocon")).forEach(block -> ConfigFactory.parseString(
                            block.body())
                    .entrySet()
                    .forEach(entry -> named.add(entry.getKey())));
        });
        assertThat(named).isNotEmpty().allMatch(reference::hasPathOrNull);
    }

    @Test
    void everyFileExists() {
        List<String> missing = pages().values().stream()
                .flatMap(ManualTest::spans)
                .map(span -> span.split(" ", 2)[0])
                .filter(span -> span.matches("(conf|scripts|src)/[A-Za-z0-9_./-]*"))
                .filter(span -> !Files.exists(Path.of(span)))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLinkLeadsToAFile() {
        List<String> broken = new ArrayList<>();
        pages().forEach((page, text) -> LINK.matcher(FENCED.matcher(text).replaceAll(""))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("https://"))
                .filter(link -> !Files.exists(page.resolveSibling(link)))
                .forEach(link -> broken.add(page + ": " + link)));
        assertThat(broken).isEmpty();
    }

    /** Codes of services and errors of Java come from elsewhere; what stands for a name is left out. */
    @Test
    void everyMessageOnThePageForTroubleIsOneThatMusterPrints() {
        String literals = files(MAIN)
                .map(ManualTest::read)
                .map(source -> source.replaceAll("\"\\s*\\+\\s*\"", ""))
                .collect(joining());
        List<String> unknown = pages().get(MANUAL.resolve("troubleshooting.md"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .flatMap(row -> spans(row.split("\\|", -1)[1]))
                .filter(span -> !span.matches("[A-Za-z0-9:_-]+|sts:AssumeRole|--.*|muster .*"))
                .flatMap(span -> Stream.of(span.split("…|" + String.join("|", FOREIGN_MESSAGES), -1)))
                .map(String::strip)
                .filter(part -> part.length() > 3 && !literals.contains(part))
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyPageIsInTheMenuAndInTheIndex() throws IOException {
        String menu = Files.readString(Path.of("src/site/site.xml"));
        String index = Files.readString(MANUAL.resolve("index.md"));
        List<String> pages = pages().keySet().stream()
                .filter(page -> page.startsWith(MANUAL))
                .map(page -> page.getFileName().toString().replace(".md", ""))
                .filter(page -> !page.equals("index"))
                .toList();
        assertThat(pages).isNotEmpty().allSatisfy(page -> {
            assertThat(menu).contains("href=\"" + page + ".html\"");
            assertThat(index).contains("(" + page + ".md)");
        });
    }

    @Test
    void everyClassOnThePagesForDevelopersExists() {
        Set<String> classes = new HashSet<>(classes());
        classes.addAll(FOREIGN_CLASSES);
        List<String> unknown = Stream.of("architecture.md", "contributing.md")
                .map(page -> pages().get(MANUAL.resolve(page)))
                .flatMap(ManualTest::spans)
                .filter(span -> span.matches("[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*(\\.[a-zA-Z]+)?"))
                .map(span -> span.replaceFirst("\\..*", ""))
                .filter(span -> !classes.contains(span))
                .toList();
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyPackageOfTheComponentMapExists() {
        String components = pages().get(MANUAL.resolve("architecture.md"))
                .replaceFirst("(?s).*## Components", "")
                .replaceFirst("(?s)\\n## .*", "");
        List<String> named = Stream.concat(
                        spans(components).filter(span -> span.matches("[a-z]+/[a-z0-9/]+")),
                        Pattern.compile("(?m)^\\| `([a-z0-9/]+)`")
                                .matcher(components)
                                .results()
                                .map(row -> row.group(1)))
                .filter(name -> !name.startsWith("src/"))
                .toList();
        assertThat(named).isNotEmpty().allSatisfy(name -> assertThat(MAIN.resolve(name))
                .isDirectory());
    }

    @Test
    void theInvariantsOfThePageAreThoseOfTheEngine() {
        String engine = read(MAIN.resolve("engine/package-info.java"));
        List<String> titles = Pattern.compile("<li><b>([^<]+)</b>")
                .matcher(engine.substring(engine.indexOf("<h2>Invariants")))
                .results()
                .map(title -> title.group(1))
                .toList();
        List<String> page = Pattern.compile("(?m)^\\d+\\. \\*\\*(.+?)\\*\\*")
                .matcher(pages().get(MANUAL.resolve("architecture.md")))
                .results()
                .map(title -> title.group(1))
                .toList();
        assertThat(page).hasSize(10).isEqualTo(titles);
    }

    @Test
    void everyInvariantThatTheCodeCitesIsDefined() {
        Set<Integer> cited = sources(MAIN)
                .flatMap(source -> INVARIANT.matcher(source).results())
                .flatMap(citation ->
                        Pattern.compile("\\d+").matcher(citation.group()).results())
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .collect(toSet());
        assertThat(cited).isNotEmpty().allSatisfy(number -> assertThat(number).isBetween(1, 10));
    }

    @Test
    void everyClassThatAScriptNamesExists() throws IOException {
        Set<String> classes = classes();
        try (Stream<Path> scripts = Files.list(Path.of("scripts"))) {
            String text = scripts.map(ManualTest::read).collect(joining("\n"));
            Set<String> named = Pattern.compile("-Dtest=(\\w+)|dev\\.muster(?:\\.[a-z]+)*\\.([A-Z]\\w+)")
                    .matcher(text)
                    .results()
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                    .collect(toSet());
            assertThat(named).isNotEmpty().isSubsetOf(classes);
        }
    }

    private record Block(String language, String body) {}

    private static void assertNamed(String kind, String pattern, UnaryOperator<String> name, Set<String> known) {
        Set<String> named = pages().values().stream()
                .flatMap(ManualTest::spans)
                .filter(span -> span.matches(pattern + "([ =].*)?"))
                .map(name)
                .collect(toSet());
        assertThat(named).as(kind).isNotEmpty().isSubsetOf(known);
    }

    /** A command that is only named, not shown: with arguments in place of those that it needs. */
    private static List<String> complete(List<String> command) {
        List<String> whole = new ArrayList<>(command);
        if (command.equals(List.of("contacts", "set"))) {
            whole.add("FILE");
        } else if (command.equals(List.of("policy"))) {
            whole.add("audit");
        } else if (command.equals(List.of("report")) || command.equals(List.of("diff"))) {
            whole.add("REPORT");
        } else if (command.equals(List.of("attach")) || command.equals(List.of("cluster", "cancel"))) {
            whole.add("RUN");
        }
        return whole;
    }

    private static Map<Path, String> pages() {
        Map<Path, String> pages = new LinkedHashMap<>();
        pages.put(README, read(README));
        try (Stream<Path> files = Files.list(MANUAL)) {
            files.sorted().forEach(file -> pages.put(file, read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    private static Stream<Block> fenced(String text) {
        return FENCED.matcher(text).results().map(block -> new Block(block.group(1), block.group(2)));
    }

    private static Stream<String> spans(String text) {
        return SPAN.matcher(FENCED.matcher(text).replaceAll("")).results().map(span -> span.group(1));
    }

    private static Set<String> classes() {
        return Stream.of(MAIN, TESTS)
                .flatMap(ManualTest::files)
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(toSet());
    }

    private static Stream<String> sources(Path root) {
        return files(root).map(ManualTest::read).map(source -> source.replaceAll("\\n\\s*\\*", ""));
    }

    private static Stream<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CommandLine> commands() {
        Console console =
                new Console(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false, 80);
        List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine(
                CommandContext.of(List.of(), Map.of(), console), new PrintWriter(new StringWriter()))));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        return commands;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
