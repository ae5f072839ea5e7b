package io.tributary.local.running;

import io.tributary.servers.RunningProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which process each part is: a file {@code <part>.pid} with the process id, the time of the process's start, and the
 * same in ticks since the system's boot where that is known, so that an id that the system has used again is not taken
 * for the part, and the part is known however the clock is set meanwhile.
 *
 * @param folder the files' folder; need not be there
 */
public record PidFiles(Path folder) {

    private static final String SUFFIX = ".pid";

    public void write(String part, RunningProcess process) {
        try {
            Files.createDirectories(folder);
            Path unfinished = folder.resolve(part + ".tmp");
            String ticks =
                    process.startTicks().stream().mapToObj(at -> " " + at).collect(Collectors.joining());
            Files.writeString(unfinished, process.pid() + " " + process.since() + ticks + "\n");
            Files.move(unfinished, file(part), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The part's process; empty if it was not started, or has ended. */
    public Optional<RunningProcess> find(String part) {
        try {
            if (!Files.exists(file(part))) {
                return Optional.empty();
            }
            String[] words = Files.readString(file(part)).strip().split(" ", 3);
            long pid = Long.parseLong(words[0]);
            Instant since = Instant.parse(words[1]);
            return words.length < 3
                    ? RunningProcess.find(pid, since)
                    : RunningProcess.find(pid, since, Long.parseLong(words[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException | DateTimeParseException e) {
            throw new IllegalStateException(file(part) + ": cannot be read (expected: process id and start)", e);
        }
    }

    /** Forgets the part. */
    public void delete(String part) {
        try {
            Files.deleteIfExists(file(part));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parts that have a file, whether they run or not. */
    public Set<String> parts() {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            var names = new TreeSet<String>();
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(name -> names.add(name.substring(0, name.length() - SUFFIX.length())));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String part) {
        return folder.resolve(part + SUFFIX);
    }
}
