package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * QuestDB, which takes InfluxDB's line protocol over HTTP at {@code /write} and SQL at {@code /exec}.
 *
 * @param port its HTTP port
 * @param home its data
 * @param log the server's log
 */
public record QuestDb(int port, Path home, Path log) {

    private static final String IDLE_LOOKS = "100";

    public String url() {
        return Loopback.http(port, "").toString();
    }

    /**
     * The server with its HTTP port only: PostgreSQL's wire protocol, line protocol over TCP and its log files are off.
     * It logs its start and errors, and not each transaction.
     */
    public Server server(Distributions distributions) {
        return Server.of(
                        "questdb",
                        Jvm.command(
                                Jvm.options(
                                        Jvm.SMALL,
                                        "-Xmx448m",
                                        "-Xms64m",
                                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                        "-p",
                                        distributions.questDbFolder().toString()),
                                "-m",
                                "io.questdb/io.questdb.ServerMain",
                                "-d",
                                home.toString()),
                        home,
                        log,
                        Probe.http(port, "/exec?query=select%201"))
                .withPort("http", port)
                .withPreparation(this::prepare)
                .withEnvironment(Map.ofEntries(
                        Map.entry("QDB_HTTP_BIND_TO", Loopback.HOST + ":" + port),
                        Map.entry("QDB_HTTP_MIN_ENABLED", "false"),
                        Map.entry("QDB_PG_ENABLED", "false"),
                        Map.entry("QDB_LINE_TCP_ENABLED", "false"),
                        Map.entry("QDB_LINE_UDP_ENABLED", "false"),
                        Map.entry("QDB_TELEMETRY_ENABLED", "false"),
                        Map.entry("QDB_SHARED_WORKER_COUNT", "2"),
                        // Workers without work sleep soon. Otherwise they look thousands of times for some first,
                        // which took two fifths of its processor time at 10,000 points a second.
                        Map.entry("QDB_SHARED_WORKER_NAP_THRESHOLD", IDLE_LOOKS),
                        Map.entry("QDB_WAL_APPLY_WORKER_NAP_THRESHOLD", IDLE_LOOKS),
                        Map.entry("QDB_MAT_VIEW_REFRESH_WORKER_NAP_THRESHOLD", IDLE_LOOKS),
                        // Each of its SQL compilers fills these pools, for queries much longer than ours.
                        Map.entry("QDB_CAIRO_LEXER_POOL_CAPACITY", "256"),
                        Map.entry("QDB_CAIRO_EXPRESSION_POOL_CAPACITY", "1024"),
                        Map.entry("QDB_CAIRO_COLUMN_POOL_CAPACITY", "512"),
                        Map.entry("QDB_CAIRO_MODEL_POOL_CAPACITY", "128"),
                        Map.entry("QDB_CAIRO_COMMIT_LAG", "0")));
    }

    private void prepare() throws IOException {
        UnfinishedTables.delete(home.resolve("db"));
        Path configuration = home.resolve("conf");
        Files.createDirectories(configuration);
        try (var resource = QuestDb.class.getResourceAsStream("questdb-log.conf")) {
            Files.write(configuration.resolve("log.conf"), resource.readAllBytes());
        }
    }
}
