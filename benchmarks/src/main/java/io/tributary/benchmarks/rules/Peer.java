package io.tributary.benchmarks.rules;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.servers.Loopback;
import io.tributary.servers.Ports;
import io.tributary.servers.Probe;
import io.tributary.servers.Server;
import io.tributary.servers.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Another evaluator of rules, from a package of the machine, with the store that it reads. */
final class Peer implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration STOP = Duration.ofSeconds(30);

    /** Starts what evaluates the rules in the file. */
    @FunctionalInterface
    private interface Rules {
        void load(Path file) throws IOException, InterruptedException;
    }

    private final String name;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<ServerProcess> processes = new ArrayList<>();
    private Rules rules;

    private Peer(String name, int port) {
        this.name = name;
        this.port = port;
    }

    /** The one with this name, which stores what it is given below this folder. */
    static Peer named(String name, Path home) throws IOException, InterruptedException {
        return switch (name) {
            case "prometheus" -> prometheus(home);
            case "vmalert" -> vmalert(home);
            default -> throw new IllegalArgumentException(name + " (expected: prometheus or vmalert)");
        };
    }

    private static Peer prometheus(Path home) throws IOException, InterruptedException {
        Peer peer = new Peer("prometheus", Ports.free());
        Path config = Files.createDirectories(home).resolve("prometheus.yml");
        Files.writeString(config, "global: {evaluation_interval: 15s}\n");
        peer.start(
                home,
                peer.port,
                "/-/ready",
                "prometheus",
                "--config.file=" + config,
                "--storage.tsdb.path=" + home.resolve("data"),
                "--web.enable-remote-write-receiver",
                "--web.enable-lifecycle",
                "--web.listen-address=" + Loopback.HOST + ":" + peer.port);
        peer.rules = file -> {
            Files.writeString(config, "global: {evaluation_interval: 15s}\nrule_files: ['" + file + "']\n");
            peer.send(HttpRequest.newBuilder(Loopback.http(peer.port, "/-/reload"))
                    .POST(HttpRequest.BodyPublishers.noBody()));
        };
        return peer;
    }

    private static Peer vmalert(Path home) throws InterruptedException {
        Peer peer = new Peer("vmalert and victoria-metrics", Ports.free());
        peer.start(
                home,
                peer.port,
                "/health",
                "victoria-metrics",
                "-httpListenAddr=" + Loopback.HOST + ":" + peer.port,
                "-storageDataPath=" + home.resolve("data"),
                "-search.maxUniqueTimeseries=2000000");
        URI store = Loopback.http(peer.port, "");
        int port = Ports.free();
        peer.rules = file -> peer.start(
                home,
                port,
                "/health",
                "vmalert",
                "-httpListenAddr=" + Loopback.HOST + ":" + port,
                "-rule=" + file,
                "-evaluationInterval=15s",
                "-datasource.url=" + store,
                "-remoteWrite.url=" + store,
                // Nothing fires, so nobody is told.
                "-notifier.url=" + store);
        return peer;
    }

    private void start(Path home, int port, String health, String... command) throws InterruptedException {
        Path log = home.resolve(command[0] + ".log");
        ServerProcess process =
                ServerProcess.start(Server.of(command[0], List.of(command), home, log, Probe.http(port, health)));
        processes.add(process);
        process.awaitUp(START);
    }

    String name() {
        return name;
    }

    /** From now on it evaluates the rules in the file. */
    void load(Path file) throws IOException, InterruptedException {
        rules.load(file);
    }

    /** Takes a remote-write request, compressed. */
    void write(byte[] body) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(Loopback.http(port, "/api/v1/write"))
                .header("Content-Type", "application/x-protobuf")
                .header("Content-Encoding", "snappy")
                .header("X-Prometheus-Remote-Write-Version", "0.1.0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** The answer to an instant query that gives one number; 0 if it gives none. */
    double ask(String query) throws IOException, InterruptedException {
        String path = "/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
        String answer = send(HttpRequest.newBuilder(Loopback.http(port, path)));
        return JsonMapper.shared().readTree(answer).at("/data/result/0/value/1").asDouble(0);
    }

    double cpuSeconds() {
        return Usage.cpuSeconds(usages());
    }

    long residentBytes() {
        return usages().stream().mapToLong(Usage::residentBytes).sum();
    }

    private List<Usage> usages() {
        return processes.stream()
                .map(process -> new Usage(process.process().pid()))
                .toList();
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(name + " answers " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        try {
            for (ServerProcess process : processes.reversed()) {
                process.stop(STOP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
