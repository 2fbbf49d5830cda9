package dev.muster.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageLimitTest {
    @Test
    void whatAReceiveDidNotGetIsThereForOthers() {
        MessageLimit allowance = new MessageLimit(10);
        assertThat(allowance.ask(10)).isEqualTo(10);
        assertThat(allowance.ask(10)).isZero();
        assertThat(allowance.usedUp()).isFalse();
        allowance.used(10, 4);
        assertThat(allowance.ask(10)).isEqualTo(6);
        allowance.used(6, 6);
        assertThat(allowance.usedUp()).isTrue();
    }
}
