package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The logging of Kafka's programs: warnings, and the few lines that tell a start from a stop, to standard output. */
final class Log4j {

    private static final String FILE = "log4j2.properties";

    private Log4j() {}

    static String option(Path home) {
        return "-Dlog4j2.configurationFile=" + home.resolve(FILE);
    }

    static void write(Path home) throws IOException {
        Files.createDirectories(home);
        try (var resource = Log4j.class.getResourceAsStream("kafka-log4j2.properties")) {
            Files.write(home.resolve(FILE), resource.readAllBytes());
        }
    }
}
