package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestDbIT {

    private static final Duration START = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    private ServerProcess process;

    @AfterEach
    void kill() throws InterruptedException {
        process.process().kill();
    }

    @Test
    void startsAfterAFirstStartThatWasKilledWhileItMadeItsTables() throws Exception {
        var questDb = new QuestDb(Ports.free(), folder.resolve("data"), folder.resolve("questdb.log"));
        start(questDb);
        query(questDb, "create table kept (host symbol, time timestamp) timestamp(time) partition by day bypass wal");
        query(questDb, "insert into kept values ('a', '2026-01-01')");
        kill();
        Path tables = questDb.home().resolve("db");
        Files.delete(tables.resolve("sys.text_import_log/_txn"));
        Files.write(tables.resolve("sys.column_versions_purge_log/_txn"), new byte[4096]);

        start(questDb);

        assertThat(query(questDb, "select host from kept")).contains("[[\"a\"]]");
        assertThat(tables.resolve("sys.text_import_log/_txn")).exists();
    }

    private void start(QuestDb questDb) throws InterruptedException {
        process = ServerProcess.start(questDb.server(Distributions.fromSystemProperty()));
        process.awaitUp(START);
    }

    private static String query(QuestDb questDb, String sql) throws Exception {
        var uri = URI.create(questDb.url() + "/exec?query=" + URLEncoder.encode(sql, StandardCharsets.UTF_8));
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }
}
