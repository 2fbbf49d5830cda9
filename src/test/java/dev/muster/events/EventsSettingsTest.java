package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"visibility-timeout", "drain-wait-time", "follow-wait-time"})
    void whatTheQueueKnowsInSecondsHasNoFraction(String key) {
        assertThatThrownBy(() -> EventsSettings.from(ConfigFactory.parseString("muster.events." + key + " = 2500ms")
                        .withFallback(ConfigFactory.load())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(key, "whole seconds");
    }
}
