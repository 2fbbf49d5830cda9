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
                .layer("cluster")
                .definedBy("dev.muster.cluster..")
                .layer("audit")
                .definedBy("dev.muster.audit..")
                .layer("inventory")
                .definedBy("dev.muster.inventory..")
                .layer("report")
                .definedBy("dev.muster.report..")
                .layer("contacts")
                .definedBy("dev.muster.contacts..")
                .layer("events")
                .definedBy("dev.muster.events..")
                .layer("aws")
                .definedBy("dev.muster.aws..")
                .layer("store")
                .definedBy("dev.muster.store..")
                .layer("output")
                .definedBy("dev.muster.output..")
                .layer("engine")
                .definedBy("dev.muster.engine..")
                .layer("config")
                .definedBy("dev.muster.config..")
                .layer("emulator")
                .definedBy("dev.muster.emulator..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("cluster")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("audit")
                .mayOnlyBeAccessedByLayers("cli", "report", "inventory")
                .whereLayer("inventory")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("report")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("contacts")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("events")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("emulator")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("config")
                .mayNotAccessAnyLayer()
                .whereLayer("output")
                .mayNotAccessAnyLayer()
                .whereLayer("emulator")
                .mayNotAccessAnyLayer()
                .whereLayer("engine")
                .mayOnlyAccessLayers("config")
                .whereLayer("aws")
                .mayOnlyAccessLayers("engine", "config")
                .whereLayer("store")
                .mayOnlyAccessLayers("engine", "config", "aws")
                .check(CLASSES);
    }
}
