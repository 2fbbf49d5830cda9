package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the house style that a machine can check. */
class HouseStyleTest {
    private static final int LONGEST_FILE = 450;

    /** Names of the field that happen to be alike. */
    private static final Set<String> FIELD = Set.of("SnsService", "SqsService", "StsService");

    private static final Pattern VAGUE = Pattern.compile(
            "/\\*\\*\\s*(?:\\*\\s*)?((?:What|How|Where|Of|Which|Who|Whom|Whose|Whether (?:it|this|there|that|both|more|one|they))\\b[^\\n]*)");

    /** Fixtures that start a process or a cluster. */
    private static final Set<String> SLOW =
            Set.of("ChildProcess", "ProcessCluster", "TestCluster", "PracticeNodes", "ForgetfulCluster");

    @Test
    void whatStartsProcessesOrClustersIsTaggedSlow() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests())
                .importPackages("dev.muster");
        List<String> untagged = tests.stream()
                .filter(type -> type.getSimpleName().endsWith("Test") && !slow(type))
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(dependency ->
                                SLOW.contains(dependency.getTargetClass().getSimpleName())))
                .map(JavaClass::getName)
                .sorted()
                .toList();
        assertThat(untagged)
                .as("test classes without @Tag(\"slow\"), which scripts/test --fast would run")
                .isEmpty();
    }

    @Test
    void noFileIsLongerThanAStateMachineMayBe() throws IOException {
        assertThat(sources("src/main/java")).isNotEmpty().allSatisfy(file -> assertThat(Files.readAllLines(file))
                .as(file.toString())
                .hasSizeLessThanOrEqualTo(LONGEST_FILE));
    }

    @Test
    void aJavadocBeginsWithANounOrAVerb() throws IOException {
        List<String> vague = new ArrayList<>();
        for (Path file : sources("src/main/java")) {
            VAGUE.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> vague.add(file.getFileName() + ": " + found.group(1)));
        }
        assertThat(vague).as("Javadocs that begin with no noun and no verb").isEmpty();
    }

    @Test
    void noSimpleNameIsThereTwice() throws IOException {
        assertThat(names()).doesNotHaveDuplicates();
    }

    @Test
    void noTwoNamesDifferByALetterOrAPlural() throws IOException {
        List<String> names = names();
        List<String> alike = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (String other : names.subList(i + 1, names.size())) {
                if (alike(names.get(i), other) && !(FIELD.contains(names.get(i)) && FIELD.contains(other))) {
                    alike.add(names.get(i) + " and " + other);
                }
            }
        }
        assertThat(alike).isEmpty();
    }

    /** Tells whether one letter is another, one is missing, or one name is the plural of the other. */
    private static boolean alike(String one, String other) {
        String shorter = one.length() <= other.length() ? one : other;
        String longer = one.length() <= other.length() ? other : one;
        if (longer.equals(shorter + "es") || longer.equals(shorter.replaceFirst("y$", "ies"))) {
            return true;
        }
        int same = 0;
        while (same < shorter.length() && shorter.charAt(same) == longer.charAt(same)) {
            same++;
        }
        int missing = longer.length() - shorter.length();
        return missing <= 1
                && longer.substring(Math.min(longer.length(), same + 1))
                        .equals(shorter.substring(Math.min(shorter.length(), same + 1 - missing)));
    }

    private static List<String> names() throws IOException {
        return Stream.concat(sources("src/main/java").stream(), sources("src/test/java").stream())
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .filter(name -> !name.equals("package-info"))
                .sorted()
                .toList();
    }

    private static List<Path> sources(String root) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(root))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static boolean slow(JavaClass type) {
        return Stream.concat(
                        Stream.of(type.tryGetAnnotationOfType(Tag.class)),
                        type.getMethods().stream().map(method -> method.tryGetAnnotationOfType(Tag.class)))
                .anyMatch(tag -> tag.isPresent() && tag.get().value().equals("slow"));
    }
}
