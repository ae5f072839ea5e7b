package io.tributary.servers;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Apicurio's schema registry, which speaks Confluent's REST API.
 *
 * @param port its HTTP port
 * @param home its working folder
 * @param log the server's log
 * @param storage the file that keeps the schemas and their ids over a restart; empty: they are gone with the process
 */
public record SchemaRegistry(int port, Path home, Path log, Optional<Path> storage) {

    /** The base of Confluent's API. */
    public String url() {
        return Loopback.http(port, "/apis/ccompat/v7").toString();
    }

    public Server server(Distributions distributions) {
        // A write is on disk before it is answered: a schema id that was given out and then forgotten would be given
        // to another schema after a crash.
        String database = storage.map(file -> "jdbc:h2:file:" + file.toAbsolutePath() + ";WRITE_DELAY=0")
                .orElse("jdbc:h2:mem:registry;DB_CLOSE_DELAY=-1");
        return Server.of(
                        "registry",
                        Jvm.command(
                                Jvm.options(Jvm.SMALL, "-Xmx192m", "-Xms64m"),
                                "-jar",
                                distributions.registryJar().toString()),
                        home,
                        log,
                        Probe.http(port, "/apis/ccompat/v7/subjects"))
                .withPort("http", port)
                .withEnvironment(Map.of(
                        "QUARKUS_HTTP_ACCESS_LOG_ENABLED",
                        "false",
                        "QUARKUS_HTTP_HOST",
                        Loopback.HOST,
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "QUARKUS_MANAGEMENT_HOST",
                        Loopback.HOST,
                        "QUARKUS_MANAGEMENT_PORT",
                        "0",
                        "APICURIO_STORAGE_KIND",
                        "sql",
                        "APICURIO_STORAGE_SQL_KIND",
                        "h2",
                        "APICURIO_DATASOURCE_URL",
                        database));
    }
}
