package io.tributary.servers;

/**
 * Asks a server once whether it is up. Never throws for a server that is not: a refused connection is a {@code false}.
 */
@FunctionalInterface
public interface Probe {

    boolean isUp() throws InterruptedException;

    /** Up when a GET of the path on that port of this machine answers 200 within two seconds. */
    static Probe http(int port, String path) {
        return new HttpProbe(Loopback.http(port, path));
    }

    /** Up when the port of this machine accepts a connection within a second. */
    static Probe tcp(int port) {
        return new TcpProbe(port);
    }
}
