package io.tributary.it.system;

import io.tributary.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A further instance of a part, beside the one that {@code ./tributary up} started: the same program with the same
 * settings, on ports and in a folder of its own.
 */
public final class Instance implements AutoCloseable {
    private final RunningPart part;

    private Instance(RunningPart part) {
        this.part = part;
    }

    /** Starts one more of this part, and does not wait until it is up. */
    public static Instance of(RunningPart first, Tributary tributary) {
        try {
            Path folder = tributary.folder(first.name());
            List<String> command = new ArrayList<>(strings(first, "cmdline"));
            command.replaceAll(word -> word.endsWith("worker.properties") ? worker(Path.of(word), folder) : word);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile());
            Map<String, String> environment = builder.environment();
            environment.clear();
            strings(first, "environ").forEach(entry -> {
                int equals = entry.indexOf('=');
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            });
            environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(Ports.free()));
            environment.computeIfPresent("SERVER_PORT", (name, port) -> Integer.toString(Ports.free()));
            environment.put("TRIBUTARY_KAFKA_STATEDIR", folder.resolve("state").toString());
            return new Instance(new RunningPart(first.name(), builder.start().toHandle()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, as whoever scales down would. */
    @Override
    public void close() {
        part.stop();
    }

    private static String worker(Path configuration, Path folder) {
        Properties properties = new Properties();
        Path own = folder.resolve("worker.properties");
        try (var in = Files.newBufferedReader(configuration);
                var out = Files.newBufferedWriter(own)) {
            properties.load(in);
            properties.setProperty("listeners", "http://127.0.0.1:" + Ports.free());
            properties.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own.toString();
    }

    /** What the operating system tells of the process: words that each end with a zero. */
    private static List<String> strings(RunningPart part, String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of("/proc/" + part.process().pid() + "/" + file));
        return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0", -1)).stream()
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
