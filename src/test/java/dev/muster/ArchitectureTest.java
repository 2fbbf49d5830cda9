package dev.muster;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Holds the arrows between the packages. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.muster");

    @Test
    void packagesDependOnlyAsTheDesignSays() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.muster..")
                .withOptionalLayers(true)
                .layer("cli")
                .definedBy("dev.muster.cli..")
                .layer("engine")
                .definedBy("dev.muster.engine..")
                .layer("cluster")
                .definedBy("dev.muster.cluster..")
                .layer("audit")
                .definedBy("dev.muster.audit..")
                .layer("contacts")
                .definedBy("dev.muster.contacts..")
                .layer("events")
                .definedBy("dev.muster.events..")
                .layer("aws")
                .definedBy("dev.muster.aws..")
                .layer("report")
                .definedBy("dev.muster.report..")
                .layer("sandbox")
                .definedBy("dev.muster.sandbox..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cluster")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("contacts")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("events")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("sandbox")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("engine")
                .mayNotAccessAnyLayer()
                .whereLayer("aws")
                .mayOnlyAccessLayers("engine")
                .whereLayer("report")
                .mayNotAccessAnyLayer()
                .whereLayer("sandbox")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }
}
