package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {

    @TempDir
    private Path folder;

    private Server server(String script, Probe probe) {
        return Server.of(
                "thing", List.of("sh", "-c", script), folder.resolve("home"), folder.resolve("thing.log"), probe);
    }

    @Test
    void isUpWhenItsProbeSaysSo() throws Exception {
        Path sign = folder.resolve("sign");
        ServerProcess process = ServerProcess.start(
                server("echo hello $NAME; touch " + sign + "; exec sleep 60", () -> Files.exists(sign))
                        .withEnvironment(Map.of("NAME", "world")));
        process.awaitUp(Duration.ofSeconds(10));
        assertThat(process.logTail(5)).containsExactly("hello world");
        assertThat(process.isAlive()).isTrue();
        process.stop(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aServerThatEndsHasFailedAndItsLogIsShown() throws Exception {
        ServerProcess process = ServerProcess.start(server("echo no such luck; exit 3", () -> false));
        assertThatThrownBy(() -> process.awaitUp(Duration.ofSeconds(10)))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("thing: its process ended")
                .hasMessageContaining("no such luck");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeHasFailed() throws Exception {
        ServerProcess process = ServerProcess.start(server("exec sleep 60", () -> false));
        assertThatThrownBy(() -> process.awaitUp(Duration.ofMillis(200)))
                .asInstanceOf(InstanceOfAssertFactories.type(ServerFailedException.class))
                .extracting(ServerFailedException::server, ServerFailedException::reason)
                .containsExactly("thing", "not up after 0 s");
        process.stop(Duration.ofSeconds(5));
    }

    @Test
    void whatItAnswersInsteadIsTold() throws Exception {
        HttpServer answering = HttpServer.create(new InetSocketAddress(Loopback.address(), 0), 0);
        answering.createContext("/ready", exchange -> {
            byte[] body = "waiting for Kafka".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        answering.start();
        ServerProcess process = ServerProcess.start(
                server("exec sleep 60", Probe.http(answering.getAddress().getPort(), "/ready")));
        try {
            assertThatThrownBy(() -> process.awaitUp(Duration.ofMillis(200)))
                    .isInstanceOf(ServerFailedException.class)
                    .hasMessageContaining("not up after 0 s: /ready answers 503: waiting for Kafka");
        } finally {
            process.stop(Duration.ofSeconds(5));
            answering.stop(0);
        }
    }

    @Test
    void somethingElseThatAnswersInItsPlaceIsNotTakenForIt() throws Exception {
        ServerProcess process = ServerProcess.start(server("exit 0", () -> true));
        process.process().endsWithin(Duration.ofSeconds(10));
        assertThatThrownBy(() -> process.awaitUp(Duration.ofSeconds(1)))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("something else answers");
    }

    @Test
    void aServerThatGoesToTheBackgroundIsFoundByItsPidFile() throws Exception {
        Path pid = folder.resolve("pid");
        ServerProcess process = ServerProcess.start(server("sleep 60 >/dev/null 2>&1 & echo $! > " + pid, () -> true)
                .withPidFile(pid));
        process.awaitUp(Duration.ofSeconds(10));
        assertThat(process.process().pid())
                .isEqualTo(Long.parseLong(Files.readString(pid).strip()));
        process.stop(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aBackgroundStartThatFailsSaysItsExitCode() {
        assertThatThrownBy(() -> ServerProcess.start(
                        server("echo bad; exit 78", () -> true).withPidFile(folder.resolve("pid"))))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("exit code 78")
                .hasMessageContaining("bad");
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        Server server =
                Server.of("thing", List.of("/no/such/program"), folder, folder.resolve("thing.log"), () -> true);
        assertThatThrownBy(() -> {
                    ServerProcess process = ServerProcess.start(server);
                    process.process().endsWithin(Duration.ofSeconds(10));
                    process.awaitUp(Duration.ofSeconds(1));
                })
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("/no/such/program");
    }
}
