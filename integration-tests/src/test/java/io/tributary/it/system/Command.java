package io.tributary.it.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program, run in the folder of the repository.
 *
 * @param program its file and the words that it always gets first
 * @param environment what is told to it beside this process's environment
 */
public record Command(List<String> program, Map<String, String> environment) {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** The {@code ./tributary} command. */
    public static Command tributary(Map<String, String> environment) {
        return new Command(List.of(root().resolve("tributary").toString()), environment);
    }

    /** Runs it to its end. */
    public Result run(String... words) {
        try {
            return finish(start(words), List.of(words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process that runs, and the files that take its output. */
    public record Running(Process process, Path out, Path err, long begin) {}

    /** Starts it. Its output goes to files, so that a long one never blocks it. */
    public Running start(String... words) throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(words));
        Path out = Files.createTempFile("tributary-", ".out");
        Path err = Files.createTempFile("tributary-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err, System.nanoTime());
    }

    /** Waits for its end. */
    public Result finish(Running running, List<String> words) throws IOException {
        try {
            if (!running.process().waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                running.process().destroyForcibly();
                throw new AssertionError(
                        String.join(" ", program) + " " + String.join(" ", words) + " did not end within " + LIMIT
                                + ":\n" + Files.readString(running.out()) + Files.readString(running.err()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Result result = new Result(
                running.process().exitValue(),
                Files.readString(running.out(), StandardCharsets.UTF_8),
                Files.readString(running.err(), StandardCharsets.UTF_8),
                Duration.ofNanos(System.nanoTime() - running.begin()));
        Files.delete(running.out());
        Files.delete(running.err());
        return result;
    }

    /** The folder of the repository. */
    public static Path root() {
        return Path.of(System.getProperty("tributary.root")).toAbsolutePath();
    }
}
