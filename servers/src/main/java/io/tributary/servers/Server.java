package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A server that can be started: what to run, where, as whom, and how to know that it is up. A value: making one does
 * nothing; {@link ServerProcess#start} does.
 *
 * @param name what people call it, for instance {@code kafka}; names its log too
 * @param command the program and its arguments
 * @param environment variables added to those of this process
 * @param directory the working folder; made at the start where it is missing
 * @param log the file that takes standard output and error; emptied at each start
 * @param ports what each port is for and its number, in the order in which people should read them
 * @param probe tells when the server answers
 * @param preparation runs before each start, for instance to format storage
 * @param pidFile where a server that puts itself in the background writes its process id; empty: it stays the child
 */
public record Server(
        String name,
        List<String> command,
        Map<String, String> environment,
        Path directory,
        Path log,
        SequencedMap<String, Integer> ports,
        Probe probe,
        Preparation preparation,
        Optional<Path> pidFile) {

    /** Work to be done before a server starts. */
    @FunctionalInterface
    public interface Preparation {
        void run() throws IOException, InterruptedException;
    }

    public Server {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        ports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(ports));
    }

    /** A server that needs no preparation or pid file; add those with the {@code with…} methods. */
    public static Server of(String name, List<String> command, Path directory, Path log, Probe probe) {
        return new Server(
                name, command, Map.of(), directory, log, new LinkedHashMap<>(), probe, () -> {}, Optional.empty());
    }

    public Server withPort(String purpose, int port) {
        var more = new LinkedHashMap<>(ports);
        more.put(purpose, port);
        return new Server(name, command, environment, directory, log, more, probe, preparation, pidFile);
    }

    public Server withEnvironment(Map<String, String> variables) {
        return new Server(name, command, variables, directory, log, ports, probe, preparation, pidFile);
    }

    public Server withPreparation(Preparation work) {
        return new Server(name, command, environment, directory, log, ports, probe, work, pidFile);
    }

    public Server withPidFile(Path file) {
        return new Server(name, command, environment, directory, log, ports, probe, preparation, Optional.of(file));
    }
}
