package dev.muster.cli.command;

import dev.muster.emulator.Estate;
import dev.muster.emulator.PracticeCloud;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A practice cloud for the tests of a class; each of them begins without faults. */
final class CloudExtension implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final Estate estate;
    private PracticeCloud cloud;

    CloudExtension(Estate estate) {
        this.estate = estate;
    }

    PracticeCloud cloud() {
        return cloud;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        cloud = PracticeCloud.start(estate);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        cloud.faults().clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        cloud.close();
    }
}
