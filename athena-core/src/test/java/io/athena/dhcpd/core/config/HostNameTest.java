package io.athena.dhcpd.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNameTest {

    @ParameterizedTest
    @CsvSource({"dhcp-1.example.net, dhcp-1.example.net", "büro, b-ro", "'a b\n', a-b-"})
    void whatTheKernelCallsTheMachineIsMadeFitForHeadersAndLogs(String kernel, String name) {
        assertThat(HostName.plain(kernel)).isEqualTo(name);
    }
}
