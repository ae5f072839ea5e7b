package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.TestParts;
import io.tributary.local.part.Part;
import io.tributary.servers.Ports;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortConflictTest {

    private final TestParts make = new TestParts(Path.of("unused"));

    @Test
    void namesThePartThePortTheHolderAndTheVariable() throws Exception {
        int free = Ports.free();
        try (var server = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
            Part taken = TestParts.withPort(make.sleeper("kafka"), "clients", server.getLocalPort());
            Part fine = TestParts.withPort(make.sleeper("questdb"), "http", free);

            assertThat(PortConflict.of(List.of(taken, fine)))
                    .singleElement()
                    .extracting(PortConflict::message)
                    .asString()
                    .startsWith("port " + server.getLocalPort() + " (kafka, clients) is taken by process "
                            + ProcessHandle.current().pid() + " (")
                    .endsWith(": stop it, or set TEST_PORT to a free port");
        }
    }

    @Test
    void aHolderIsFoundAmongThoseThatListenOnly() {
        String table = """
                  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
                   0: 0100007F:2384 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1
                   1: 0100007F:2384 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 222 1
                   2: 0100007F:2385 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1
                """;
        assertThat(PortHolder.sockets(table.lines().toList(), 0x2384)).containsExactly("socket:[111]");
        assertThat(PortHolder.sockets(table.lines().toList(), 0x2385)).containsExactly("socket:[333]");
        assertThat(PortHolder.sockets(table.lines().toList(), 80)).isEmpty();
    }
}
