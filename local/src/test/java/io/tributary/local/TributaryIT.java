package io.tributary.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.local.Script.Result;
import io.tributary.local.part.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life of a whole system, from its first start to its second stop. */
@TestMethodOrder(OrderAnnotation.class)
class TributaryIT {

    private static final List<String> PARTS = List.of(
            "kafka",
            "elasticsearch",
            "registry",
            "questdb",
            "connect",
            "ingest-gateway",
            "log-indexer",
            "metrics-aggregator",
            "trace-assembler",
            "alert-router");

    @TempDir
    private static Path folder;

    private static Script tributary;

    @BeforeAll
    static void choosePorts() {
        tributary = Script.in(folder.resolve("home"));
    }

    @AfterAll
    static void leaveNothing() throws Exception {
        tributary.run("down");
    }

    @Test
    @Order(1)
    void startsNothingWhenAPortIsTaken() throws Exception {
        int port = tributary.ports().get(Port.QUESTDB);
        try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(taken.isBound()).isTrue();
            Result up = tributary.run("up");
            assertThat(up.code()).isEqualTo(1);
            assertThat(up.output())
                    .contains("port " + port + " (questdb, http) is taken by process "
                            + ProcessHandle.current().pid())
                    .contains("TRIBUTARY_QUESTDB_PORT")
                    .contains("Nothing was started.");
        }
        assertThat(tributary.processes()).isEmpty();
    }

    @Test
    @Order(2)
    void leavesNothingWhenAPartFails() throws Exception {
        Path damaged = tributary.home().resolve("data/kafka/data");
        Files.createDirectories(damaged);
        Files.writeString(damaged.resolve("meta.properties"), "version=99\n");

        Result up = tributary.run("up");
        Files.delete(damaged.resolve("meta.properties"));

        assertThat(up.code()).isEqualTo(1);
        assertThat(up.output())
                .containsPattern("(?m)^  kafka +failed +[0-9.]+ s$")
                .contains("kafka: its process ended")
                .contains("the last lines of its log:")
                .contains("What to do: ")
                .contains("Everything that this start had started has been stopped.");
        assertThat(tributary.processes()).isEmpty();
    }

    @Test
    @Order(3)
    void leavesNothingWhenItIsInterrupted() throws Exception {
        Process up = tributary.start("up");
        var pids = tributary.home().resolve("pids");
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(pids.resolve("kafka.pid")));

        Result second = tributary.run("up");
        assertThat(second.code()).isEqualTo(1);
        assertThat(second.output()).contains("another ./tributary up or down is at work");

        up.destroy();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(tributary.processes()).isEmpty();
    }

    @Test
    @Order(4)
    void startsEveryPart() throws Exception {
        Result up = tributary.run("up");
        assertThat(up.code()).as(up.output()).isZero();
        for (String part : PARTS) {
            assertThat(up.output()).containsPattern("(?m)^  " + part + " +up +[0-9.]+ s$");
        }
        assertThat(up.output())
                .contains("http://127.0.0.1:" + tributary.ports().get(Port.OTLP_HTTP))
                .contains("http://127.0.0.1:" + tributary.ports().get(Port.ELASTICSEARCH));
        for (JsonNode part : status()) {
            assertThat(part.get("state").asString()).as("%s", part).isEqualTo("up");
            assertThat(part.get("pid").asLong()).isPositive();
        }
    }

    @Test
    @Order(5)
    void optionsOfTheEnvironmentGoBeforeTheUsualOnesForWhatIsOurs() throws Exception {
        var ours = new ArrayList<String>();
        for (JsonNode part : status()) {
            String command = Files.readString(Path.of("/proc", part.get("pid").asString(), "cmdline"))
                    .replace('\0', ' ');
            if (command.contains(Script.JAVA_OPTIONS)) {
                ours.add(part.get("name").asString());
                assertThat(command.indexOf(Script.JAVA_OPTIONS)).isGreaterThan(command.lastIndexOf(" -Xms48m"));
            }
        }
        assertThat(ours)
                .containsExactlyInAnyOrder(
                        "ingest-gateway",
                        "log-indexer",
                        "metrics-aggregator",
                        "trace-assembler",
                        "alert-router",
                        "connect");
    }

    @Test
    @Order(5)
    void allConnectorsRun() throws Exception {
        String connectors = get(Port.CONNECT, "/connectors?expand=status");
        try (var files = Files.list(Script.root().resolve("local/src/main/resources/connectors"))) {
            assertThat(JsonMapper.shared().readTree(connectors).size()).isEqualTo((int)
                    files.filter(file -> file.toString().endsWith(".json")).count());
        }
        assertThat(connectors).doesNotContain("FAILED");
    }

    @Test
    @Order(6)
    void takesAtMostFourGigabytes() throws Exception {
        long kilobytes = 0;
        for (JsonNode part : status()) {
            kilobytes += residentKilobytes(part.get("pid").asLong());
        }
        assertThat(kilobytes).as("resident memory of all parts, kB").isBetween(500_000L, 4_000_000L);
    }

    @Test
    @Order(6)
    void listensOnThisMachineOnly() throws Exception {
        for (JsonNode part : status()) {
            assertThat(Listeners.beyondLoopback(part.get("pid").asLong()))
                    .as("listening addresses of %s", part.get("name"))
                    .isEmpty();
        }
    }

    @Test
    @Order(7)
    void aSecondStartDoesNothing() throws Exception {
        List<Long> before = pids();
        Result up = tributary.run("up");
        assertThat(up.code()).as(up.output()).isZero();
        assertThat(up.output()).contains("Already up: nothing to do");
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(8)
    void aPartThatWasKilledIsShownAndStartedAgainAlone() throws Exception {
        List<Long> before = pids();
        int indexer = PARTS.indexOf("log-indexer");
        ProcessHandle victim = ProcessHandle.of(before.get(indexer)).orElseThrow();
        victim.destroyForcibly();
        victim.onExit().join();
        assertThat(status().get(indexer).get("state").asString()).isEqualTo("down");

        Result up = tributary.run("up");
        assertThat(up.code()).as(up.output()).isZero();
        List<Long> after = pids();
        assertThat(after.get(indexer)).isPositive().isNotEqualTo(before.get(indexer));
        before.remove(indexer);
        after.remove(indexer);
        assertThat(after).isEqualTo(before);
    }

    @Test
    @Order(9)
    void showsTheLogOfAPart() throws Exception {
        assertThat(tributary.run("logs", "kafka").output()).contains("Kafka Server started");
        Result unknown = tributary.run("logs", "zookeeper");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.output()).contains("zookeeper (expected: one of kafka, elasticsearch");
    }

    @Test
    @Order(10)
    void stopsAndLeavesNoProcess(TestReporter reporter) throws Exception {
        Result down = tributary.run("down");
        assertThat(down.code()).as(down.output()).isZero();
        // Told, not asserted: how long it takes is the machine's matter. On two idle cores it is to be 15 s at most.
        reporter.publishEntry("down", down.took().toString());
        assertThat(tributary.processes()).isEmpty();
        assertThat(tributary.run("down").output()).contains("Already down");
    }

    @Test
    @Order(11)
    void startsAgainAndKeepsItsData(TestReporter reporter) throws Exception {
        Result up = tributary.run("up");
        assertThat(up.code()).as(up.output()).isZero();
        // Told, not asserted, as above. On two idle cores it is to be 60 s at most.
        reporter.publishEntry("warm up", up.took().toString());
        assertThat(get(Port.CONNECT, "/connectors?expand=status")).doesNotContain("FAILED");
    }

    private static JsonNode status() throws Exception {
        Result status = tributary.run("status", "--json");
        JsonNode parts = JsonMapper.shared().readTree(status.output()).get("parts");
        var names = new ArrayList<String>();
        parts.forEach(part -> names.add(part.get("name").asString()));
        assertThat(names).isEqualTo(PARTS);
        return parts;
    }

    private static List<Long> pids() throws Exception {
        var pids = new ArrayList<Long>();
        status().forEach(part -> pids.add(part.get("pid").asLong(0)));
        return pids;
    }

    private static long residentKilobytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    private static String get(Port port, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + tributary.ports().get(port) + path);
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        }
    }
}
