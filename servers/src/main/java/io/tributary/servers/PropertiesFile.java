package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Java properties on disk. */
final class PropertiesFile {

    private PropertiesFile() {}

    static void write(Path file, Properties properties) throws IOException {
        Files.createDirectories(file.getParent());
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }
}
