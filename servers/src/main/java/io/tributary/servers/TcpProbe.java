package io.tributary.servers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Up when the port of this machine accepts a connection. */
record TcpProbe(int port) implements Probe {

    private static final int PATIENCE_MS = 1_000;

    @Override
    public boolean isUp() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(Loopback.address(), port), PATIENCE_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
