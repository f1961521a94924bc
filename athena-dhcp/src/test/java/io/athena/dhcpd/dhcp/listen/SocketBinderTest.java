package io.athena.dhcpd.dhcp.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class SocketBinderTest {

    @Test
    void aDeviceThatIsNotThereIsNeverReplacedByAllDevices() {
        try (SocketBinder binder = new SocketBinder(0, true)) {
            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(() -> binder.bind("nonesuch0", false, true, new ChannelInboundHandlerAdapter()))
                    .withMessageContaining("cannot bind to the device nonesuch0");
        }
    }

    @Test
    void loopbackWithoutADeviceHearsNothingFromOutside() throws ListenException {
        try (SocketBinder binder = new SocketBinder(0, false)) {
            Channel channel = binder.bind("lo", true, true, new ChannelInboundHandlerAdapter());

            assertThat(((InetSocketAddress) channel.localAddress()).getAddress().isLoopbackAddress())
                    .isTrue();
        }
    }
}
