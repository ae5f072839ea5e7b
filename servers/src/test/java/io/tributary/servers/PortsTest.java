package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void givesEachCallerAPortOfItsOwn() {
        var given = new HashSet<Integer>();
        for (int i = 0; i < 50; i++) {
            int port = Ports.free();
            assertThat(given.add(port)).as("port %s given once", port).isTrue();
            assertThat(Ports.isFree(port)).isTrue();
        }
    }

    @Test
    void aPortThatIsListenedOnIsNotFree() throws Exception {
        int port = Ports.free();
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress(Loopback.address(), port));
            assertThat(Ports.isFree(port)).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }
}
