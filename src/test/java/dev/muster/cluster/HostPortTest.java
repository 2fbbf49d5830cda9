package dev.muster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class HostPortTest {
    @Test
    void anAddressOfIpV6StandsInBracketsWithoutAZone() throws Exception {
        byte[] link = {(byte) 0xfe, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

        assertThat(HostPort.literal(Inet6Address.getByAddress(null, link, 1))).isEqualTo("[fe80:0:0:0:0:0:0:1]");
        assertThat(HostPort.literal(InetAddress.getByAddress(new byte[] {10, 0, 0, 5})))
                .isEqualTo("10.0.0.5");
    }
}
