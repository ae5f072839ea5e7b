package io.tributary.local.running;

import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.local.part.Brokers;
import io.tributary.local.part.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The ports, and the number of brokers, that the running system was started with, so that commands in another terminal,
 * with another environment, find it.
 *
 * @param file there from the start of the system to its stop
 */
public record ChosenPorts(Path file) {

    public static ChosenPorts of(Home home) {
        return new ChosenPorts(home.folder().resolve("ports.properties"));
    }

    /** Those of the running system; those that the environment asks for, if it does not run. */
    public Endpoints endpoints(Map<String, String> environment) {
        Map<String, String> variables = Files.exists(file) ? read() : environment;
        return new Endpoints(Port.in(variables), Brokers.in(variables));
    }

    public void write(Endpoints endpoints) {
        var properties = new Properties();
        endpoints.ports().forEach((port, number) -> properties.setProperty(port.variable(), number.toString()));
        properties.setProperty(
                Brokers.VARIABLE, Integer.toString(endpoints.brokers().count()));
        try {
            Files.createDirectories(file.getParent());
            try (var writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> read() {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var variables = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> variables.put(name, properties.getProperty(name)));
        return variables;
    }
}
