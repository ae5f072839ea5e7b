package io.tributary.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process of a part.
 *
 * @param name of the part
 * @param process as the operating system knows it
 */
public record RunningPart(String name, ProcessHandle process) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

    /** Ends it as a crash would, and returns once it is gone. */
    public void kill() {
        assertThat(process.destroyForcibly()).as("%s is killed", name).isTrue();
        process.onExit().join();
    }

    /** Asks it to end, and returns once it is gone. */
    public void stop() {
        assertThat(process.destroy()).as("%s is asked to stop", name).isTrue();
        process.onExit().join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** How many bytes of its heap are in use after a full collection; a Java process only. */
    public long liveHeap() {
        try {
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(histogram);
            assertThat(total.find())
                    .as("a total in %s's histogram: %s", name, histogram)
                    .isTrue();
            return Long.parseLong(total.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many bytes of memory it occupies. */
    public long resident() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
