package io.tributary.traces;

import io.tributary.servers.Jvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The service in a process of its own, so that it can be killed as a crash would. */
final class ServiceProcess implements AutoCloseable {
    private final int port;
    private final Path log;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServiceProcess(int port, Path log, Process process) {
        this.port = port;
        this.log = log;
        this.process = process;
    }

    static ServiceProcess start(int port, Path home, Map<String, String> environment) throws IOException {
        Path log = home.resolve("service.log");
        List<String> command = Jvm.command(
                Jvm.options(Jvm.SMALL, "-Xmx128m"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Application.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServiceProcess(port, log, process);
    }

    void awaitReady() {
        Awaitility.await("readiness")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the service ended:\n" + Files.readString(log));
                    }
                    return get("/actuator/health/readiness").statusCode() == 200;
                });
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Ends the process as kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        http.close();
    }
}
