package io.tributary.local.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A connector as a file describes it: {@code {"name": …, "config": {…}}}, in which {@code ${NAME}} stands for an
 * address.
 *
 * @param name the connector's name
 * @param config its properties, every address filled in
 */
public record ConnectorFile(String name, Map<String, String> config) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)}");

    /** The connectors of all {@code .json} files in the folder, by file name; none if there is no such folder. */
    public static List<ConnectorFile> in(Path folder, Map<String, String> addresses) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> read(file, addresses))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The connector of one file.
     *
     * @throws IllegalArgumentException naming the file, if it is not such JSON or has a placeholder without an address
     */
    static ConnectorFile read(Path file, Map<String, String> addresses) {
        try {
            JsonNode json = JsonMapper.shared().readTree(fill(file, Files.readString(file), addresses));
            if (!json.path("name").isString() || !json.path("config").isObject()) {
                throw new IllegalArgumentException(
                        file + ": no name and config (expected: {\"name\": …, \"config\": {…}})");
            }
            var config = new TreeMap<String, String>();
            json.get("config")
                    .properties()
                    .forEach(
                            entry -> config.put(entry.getKey(), entry.getValue().asString()));
            return new ConnectorFile(json.get("name").asString(), config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String fill(Path file, String text, Map<String, String> addresses) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> {
            String address = addresses.get(found.group(1));
            if (address == null) {
                throw new IllegalArgumentException(
                        file + ": " + found.group() + " (expected: one of " + new TreeMap<>(addresses).keySet() + ")");
            }
            return Matcher.quoteReplacement(address);
        });
    }
}
