package io.tributary.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the servers' programs are: the build of this module takes them from Maven and puts them under
 * {@code servers/target/dist}.
 *
 * @param dist that folder
 */
public record Distributions(Path dist) {

    /** The system property that names the root of the repository. */
    public static final String ROOT_PROPERTY = "tributary.root";

    /** The ones built in the repository that the system property {@value #ROOT_PROPERTY} names. */
    public static Distributions fromSystemProperty() {
        String root = System.getProperty(ROOT_PROPERTY);
        if (root == null) {
            throw new IllegalStateException(ROOT_PROPERTY + ": not set (expected: the root folder of the repository)");
        }
        return of(Path.of(root));
    }

    /** The ones built in the repository at that folder. */
    public static Distributions of(Path root) {
        return new Distributions(
                root.resolve("servers/target/dist").toAbsolutePath().normalize());
    }

    /** The class path of Kafka's broker, tools and Connect worker. */
    public String kafkaClassPath() {
        return existing("kafka") + File.separator + "*";
    }

    Path registryJar() {
        return existing("registry").resolve("quarkus-run.jar");
    }

    Path questDbFolder() {
        return existing("questdb");
    }

    /** The folder that has {@code bin/elasticsearch}. */
    Path elasticsearchHome() {
        Path folder = existing("elasticsearch");
        try (Stream<Path> versions = Files.list(folder)) {
            return versions.filter(version -> Files.exists(version.resolve("bin/elasticsearch")))
                    .max(Path::compareTo)
                    .orElseThrow(() -> missing(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path existing(String name) {
        Path folder = dist.resolve(name);
        if (!Files.isDirectory(folder)) {
            throw missing(folder);
        }
        return folder;
    }

    private static IllegalStateException missing(Path folder) {
        return new IllegalStateException(
                folder + ": not there (expected: the program; build it with ./mvnw -pl servers generate-resources)");
    }
}
