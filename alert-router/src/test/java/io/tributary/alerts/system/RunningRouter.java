package io.tributary.alerts.system;

import static org.awaitility.Awaitility.await;

import io.tributary.alerts.Application;
import io.tributary.servers.Jvm;
import io.tributary.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** The service as a process of its own, which can be killed and started again. */
final class RunningRouter implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> environment = new TreeMap<>();
    private final Path log;
    private final int port = Ports.free();
    private final int management = Ports.free();
    private Process process;

    RunningRouter(Path home, String bootstrapServers, String registryUrl, Map<String, String> settings) {
        log = home.resolve("alert-router.log");
        environment.put("TRIBUTARY_KAFKA_BOOTSTRAPSERVERS", bootstrapServers);
        environment.put("TRIBUTARY_KAFKA_REGISTRYURL", registryUrl);
        environment.put("TRIBUTARY_KAFKA_STATEDIR", home.resolve("state").toString());
        environment.put("TRIBUTARY_KAFKA_PARTITIONS", "2");
        environment.put("TRIBUTARY_KAFKA_INSTANCE", "alert-router-1");
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        environment.putAll(settings);
    }

    void start() {
        launch();
        await("readiness, see " + log).atMost(PATIENCE).until(this::isReady);
    }

    /** Starts without waiting for readiness; returns the process. */
    Process launch() {
        ProcessBuilder builder = new ProcessBuilder(Jvm.command(
                Jvm.options(Jvm.SMALL, "-Xmx160m"),
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process;
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, byte[] body) {
        return send(HttpRequest.newBuilder(URI.create(url() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url() + path)));
    }

    /** The service's own metrics. */
    String metrics() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/actuator/prometheus")))
                .body();
    }

    /** SIGHUP. */
    void hangUp() throws IOException {
        new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                .start()
                .onExit()
                .join();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service died, see " + log + ":\n" + log());
        }
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroy();
            if (!process.onExit()
                    .completeOnTimeout(null, 20, TimeUnit.SECONDS)
                    .thenApply(ended -> ended != null)
                    .join()) {
                process.destroyForcibly();
            }
        }
    }
}
