package io.tributary.local.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A log as it grows.
 *
 * @param file the log; emptied when its part is started again
 */
record LogStream(Path file, PrintStream out) {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** Writes all of it; then, if asked to follow, what is added, until this thread is interrupted. */
    void copy(boolean follow) throws IOException, InterruptedException {
        long position = copyFrom(0);
        while (follow && !out.checkError()) {
            Thread.sleep(LOOK_AGAIN);
            position = copyFrom(position <= size() ? position : 0);
        }
    }

    private long copyFrom(long position) throws IOException {
        try (InputStream log = Files.newInputStream(file)) {
            log.skipNBytes(position);
            long copied = log.transferTo(out);
            out.flush();
            return position + copied;
        } catch (NoSuchFileException e) {
            // Between two starts of the part.
            return 0;
        }
    }

    private long size() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
