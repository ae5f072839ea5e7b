package io.tributary.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1. A free one that is only looked up may be gone when the server binds it: another test run picks
 * the same, or the kernel gives it to an outgoing connection. Ports handed out here are below the range that kernels
 * use for outgoing connections, and locked by a file until this JVM ends, so that two of them never get the same one.
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;
    private static final Path LOCKS = Path.of(System.getProperty("java.io.tmpdir"), "tributary-ports");

    /** By port. Held until the JVM ends: to close any channel of the file, even another one, would release the lock. */
    private static final Map<Integer, FileLock> HELD = new HashMap<>();

    private Ports() {}

    /** Whether a server could bind the port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(Loopback.address(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A port that is free and that no other caller, in this JVM or another one, is given while this JVM lives. */
    public static synchronized int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!HELD.containsKey(port) && isFree(port) && lock(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "ports: none free after " + TRIES + " tries (expected: one in [" + LOWEST + ", " + HIGHEST + "))");
    }

    private static boolean lock(int port) {
        try {
            Files.createDirectories(LOCKS);
            var channel = FileChannel.open(
                    LOCKS.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return false;
            }
            HELD.put(port, lock);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
