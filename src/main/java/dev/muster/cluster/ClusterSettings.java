package dev.muster.cluster;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.config.ConfigSection;
import dev.muster.engine.EngineSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of clustered runs: the section {@code muster.cluster} of the configuration, and the engine's.
 *
 * @param keepRuns time for which the results of ended runs are kept
 */
public record ClusterSettings(EngineSettings engine, Duration keepRuns, Duration drainTimeout, Optional<TlsFiles> tls) {
    /**
     * Reads the settings.
     *
     * @throws ConfigException if a value is missing, of the wrong type, or out of range
     * @throws ClusterException if TLS is only partly configured
     */
    public static ClusterSettings from(Config root) {
        ConfigSection section = ConfigSection.of(root, "muster.cluster");
        return new ClusterSettings(
                EngineSettings.from(root),
                section.duration("keep-runs", Duration.ZERO, Duration.ofDays(3650)),
                section.duration("drain-timeout", Duration.ofMillis(1), Duration.ofHours(1)),
                TlsFiles.from(section.config().getConfig("tls")));
    }
}
