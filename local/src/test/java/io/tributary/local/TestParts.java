package io.tributary.local;

import io.tributary.local.part.Part;
import io.tributary.servers.Probe;
import io.tributary.servers.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts made of shell scripts. */
public record TestParts(Path folder) {

    /** A part that runs the script. */
    public Part part(String name, String script, Probe probe, String... after) {
        Path log = folder.resolve(name + ".log");
        var server = Server.of(name, List.of("sh", "-c", script), folder.resolve(name), log, probe);
        return new Part(server, Set.of(after), Map.of(), Duration.ofSeconds(20));
    }

    /** A part that is up at once and stays so until it is stopped. */
    public Part sleeper(String name, String... after) {
        return part(name, "exec sleep 60", () -> true, after);
    }

    /** The part with a port that {@code TEST_PORT} moves. */
    public static Part withPort(Part part, String purpose, int port) {
        return new Part(
                part.server().withPort(purpose, port), part.after(), Map.of(port, "TEST_PORT"), part.patience());
    }
}
