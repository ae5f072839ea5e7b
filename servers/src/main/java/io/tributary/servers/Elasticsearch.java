package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One Elasticsearch node, open to this machine only and without security.
 *
 * @param port its HTTP port
 * @param transportPort the port on which nodes would talk to each other
 * @param home configuration, data and the server's log
 */
public record Elasticsearch(int port, int transportPort, Path home) {

    private static final String CLUSTER = "elasticsearch";

    public String url() {
        return Loopback.http(port, "").toString();
    }

    /** The server's log, and what its start script says. */
    public Path log() {
        return home.resolve("logs").resolve(CLUSTER + ".log");
    }

    /**
     * The node as a process of its own: not as root where this process is root's, because Elasticsearch refuses that.
     * Its start script goes away when the server is up and leaves it in the background.
     */
    public Server server(Distributions distributions) {
        Path program = distributions.elasticsearchHome();
        Path pidFile = home.resolve("pid");
        // Its own folder will be the account's; those above it must let the account in.
        Optional<Account> account = Account.insteadOfRoot(home.toAbsolutePath().getParent(), program, Jvm.home());
        List<String> start = List.of(
                program.resolve("bin/elasticsearch").toString(), "--daemonize", "--pidfile", pidFile.toString());
        return Server.of(
                        "elasticsearch",
                        account.map(who -> who.command(start)).orElse(start),
                        home,
                        log(),
                        Probe.http(port, "/_cluster/health?wait_for_status=yellow&timeout=1s"))
                .withPort("http", port)
                .withPort("transport", transportPort)
                .withPidFile(pidFile)
                .withEnvironment(Map.of(
                        "ES_JAVA_HOME", Jvm.home().toString(),
                        "ES_PATH_CONF", home.resolve("config").toString(),
                        "ES_TMPDIR", home.resolve("tmp").toString()))
                .withPreparation(() -> prepare(account));
    }

    private void prepare(Optional<Account> account) throws IOException {
        for (String folder : List.of("config", "data", "logs", "tmp")) {
            Files.createDirectories(home.resolve(folder));
        }
        // Left by a start that was interrupted, it would stop every later one.
        Files.deleteIfExists(home.resolve("config/elasticsearch.keystore.tmp"));
        Files.writeString(home.resolve("config/elasticsearch.yml"), settings());
        copy("elasticsearch-jvm.options", "config/jvm.options");
        copy("elasticsearch-log4j2.properties", "config/log4j2.properties");
        if (account.isPresent()) {
            account.get().own(home);
        }
    }

    private String settings() {
        return """
                cluster.name: %s
                node.name: local
                discovery.type: single-node
                network.host: %s
                http.port: %d
                transport.port: %d
                path.data: %s
                path.logs: %s
                xpack.security.enabled: false
                action.destructive_requires_name: false
                # A laptop with a full disk still works: read-only indices would stop the pipeline.
                cluster.routing.allocation.disk.threshold_enabled: false
                # What the heap really has in it counts garbage, too: with a small heap and a collector that waits until it
                # is full, searches would be refused for that.
                indices.breaker.total.use_real_memory: false
                """.formatted(CLUSTER, Loopback.HOST, port, transportPort, home.resolve("data"), home.resolve("logs"));
    }

    private void copy(String resource, String file) throws IOException {
        try (var in = Elasticsearch.class.getResourceAsStream(resource)) {
            Files.write(home.resolve(file), in.readAllBytes());
        }
    }
}
