package io.tributary.servers;

/**
 * Asks a server once whether it is up. Never throws for a server that is not: a refused connection is a {@code false}.
 */
@FunctionalInterface
public interface Probe {

    boolean isUp() throws InterruptedException;

    /** What the server answers now, for people who wonder why it is not up; empty if there is nothing to tell. */
    default String answer() throws InterruptedException {
        return "";
    }

    /** Up when a GET of the path on that port of this machine answers 200 within two seconds. */
    static Probe http(int port, String path) {
        return new HttpProbe(Loopback.http(port, path));
    }

    /** Up when the port of this machine accepts a connection within a second. */
    static Probe tcp(int port) {
        return new TcpProbe(port);
    }
}
