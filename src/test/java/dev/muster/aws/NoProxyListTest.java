package dev.muster.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.aws.ProxyVariables.NoProxyList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoProxyListTest {
    @ParameterizedTest
    @CsvSource({
        "example.test, s3.example.test, true",
        ".example.test, s3.example.test, true",
        "*.example.test, s3.example.test, true",
        "example.test, example.test, true",
        ".example.test, example.test, true",
        "EXAMPLE.test, S3.Example.TEST, true",
        "example.test., s3.example.test, true",
        "example.test, badexample.test, false",
        "s3.example.test, example.test, false",
        "*, anything.at.all, true",
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "127.0.0.1/32, 127.0.0.1, true",
        "0.0.0.0/0, 9.9.9.9, true",
        "10.0.0.0/99, 10.1.2.3, false",
        "10.0.0.0/8, ten.example.test, false",
        "127.0.0.1, 127.0.0.1, true",
        "0.0.1, 127.0.0.1, false",
        "::1, [::1], true",
        "[::1], ::1, true",
        "0:0:0:0:0:0:0:1, ::1, true",
        "fd00::/8, fd12:3456::1, true",
        "fd00::/8, fe80::1, false",
        "10.0.0.0/8, ::1, false",
    })
    void anEntryStandsForAHostItsSubdomainsOrANetwork(String entry, String host, boolean covered) {
        assertThat(NoProxyList.parse(entry).contains(host, 443)).isEqualTo(covered);
    }

    @Test
    void entriesAreSeparatedByCommasAndBlanks() {
        NoProxyList list = NoProxyList.parse(" localhost,  one.test two.test ,,\t10.0.0.0/8 ");

        assertThat(list.contains("one.test", 443)).isTrue();
        assertThat(list.contains("two.test", 443)).isTrue();
        assertThat(list.contains("10.9.9.9", 443)).isTrue();
        assertThat(list.contains("three.test", 443)).isFalse();
    }

    @Test
    void aPortConfinesAnEntry() {
        NoProxyList list = NoProxyList.parse("one.test:8443,[::1]:9000");

        assertThat(list.contains("s3.one.test", 8443)).isTrue();
        assertThat(list.contains("s3.one.test", 443)).isFalse();
        assertThat(list.contains("[::1]", 9000)).isTrue();
        assertThat(list.contains("::1", 9001)).isFalse();
    }

    @Test
    void nothingIsInAnEmptyList() {
        assertThat(NoProxyList.parse(" , .").contains("one.test", 80)).isFalse();
    }
}
