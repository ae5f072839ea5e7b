package io.tributary.local.running;

import io.tributary.local.Home;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;

/**
 * Held while a command changes what runs: two at once would start everything twice. Gone with its process, in any way.
 */
public final class HomeLock {

    /** What is done while the lock is held; the answer is an exit code. */
    @FunctionalInterface
    public interface Work {
        int run() throws IOException, InterruptedException;
    }

    private HomeLock() {}

    /** Does the work and gives its exit code; empty, and nothing is done, if another process holds the lock. */
    public static OptionalInt holding(Home home, Work work) throws IOException, InterruptedException {
        Files.createDirectories(home.folder());
        try (var channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            return lock == null ? OptionalInt.empty() : OptionalInt.of(work.run());
        }
    }
}
