package io.tributary.servers;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/** The only interface that the servers listen on. */
public final class Loopback {

    public static final String HOST = "127.0.0.1";

    private Loopback() {}

    /** {@code http://127.0.0.1:<port><path>}. */
    public static URI http(int port, String path) {
        return URI.create("http://" + HOST + ":" + port + path);
    }

    static InetAddress address() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
