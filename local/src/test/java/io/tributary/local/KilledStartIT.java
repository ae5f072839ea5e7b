package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.Script.Result;
import io.tributary.local.part.Port;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** A start that was killed leaves parts that run and others that do not. */
class KilledStartIT {

    @TempDir
    private Path folder;

    private Script tributary;

    @BeforeEach
    void choosePorts() {
        tributary = Script.in(folder.resolve("home"));
    }

    @AfterEach
    void leaveNothing() throws Exception {
        tributary.run("down");
    }

    @Test
    void theNextStartWaitsForThePartsAndPostsTheConnectors() throws Exception {
        Process killed = tributary.start("up", "connect");
        var connect = tributary.home().resolve("pids/connect.pid");
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(connect));
        killed.destroyForcibly().waitFor();

        Result up = tributary.run("up", "connect");

        assertThat(up.code()).as(up.output()).isZero();
        assertThat(connectors()).as(up.output()).containsExactlyInAnyOrder("elasticsearch", "questdb");
        assertThat(tributary.run("up", "connect").output()).contains("Already up: nothing to do");
    }

    private List<String> connectors() throws Exception {
        var uri = URI.create("http://127.0.0.1:" + tributary.ports().get(Port.CONNECT) + "/connectors");
        try (var http = HttpClient.newHttpClient()) {
            String names = http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
            return JsonMapper.shared()
                    .readTree(names)
                    .valueStream()
                    .map(name -> name.asString())
                    .toList();
        }
    }
}
