package dev.muster;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rules of the house style that a machine can check. */
class HouseStyleTest {
    private static final int LONGEST_FILE = 450;

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
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).isNotEmpty().allSatisfy(file -> assertThat(Files.readAllLines(file))
                    .as(file.toString())
                    .hasSizeLessThanOrEqualTo(LONGEST_FILE));
        }
    }

    private static boolean slow(JavaClass type) {
        return Stream.concat(
                        Stream.of(type.tryGetAnnotationOfType(Tag.class)),
                        type.getMethods().stream().map(method -> method.tryGetAnnotationOfType(Tag.class)))
                .anyMatch(tag -> tag.isPresent() && tag.get().value().equals("slow"));
    }
}
