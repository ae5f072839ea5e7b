package io.tributary.connect.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.servers.Loopback;
import io.tributary.servers.Ports;
import io.tributary.servers.Probe;
import io.tributary.servers.Server;
import io.tributary.servers.ServerFailedException;
import io.tributary.servers.ServerProcess;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A store from a Debian package, on a free port with a temporary folder. The test is skipped where it is not installed.
 */
final class DebianServer implements AutoCloseable {
    private final Server server;
    private ServerProcess process;
    private final String url;

    private DebianServer(Server server, String url) {
        this.server = server;
        this.url = url;
    }

    static DebianServer influxDb(Path home) throws Exception {
        int port = Ports.free();
        Path configuration = home.resolve("influxdb.conf");
        Files.writeString(configuration, """
                reporting-disabled = true
                bind-address = "127.0.0.1:%d"
                [meta]
                  dir = "%s/meta"
                [data]
                  dir = "%s/data"
                  wal-dir = "%s/wal"
                  index-version = "inmem"
                [http]
                  bind-address = "127.0.0.1:%d"
                  max-body-size = 200000
                """.formatted(Ports.free(), home, home, home, port));
        return start(home, port, "/query?q=SHOW%20DATABASES", "influxd", "-config", configuration.toString());
    }

    static DebianServer victoriaMetrics(Path home) throws Exception {
        int port = Ports.free();
        return start(
                home,
                port,
                "/health",
                "victoria-metrics",
                "-httpListenAddr=127.0.0.1:" + port,
                "-storageDataPath=" + home.resolve("data"),
                "-memory.allowedBytes=64MiB",
                "-search.latencyOffset=0s");
    }

    static DebianServer prometheus(Path home) throws Exception {
        int port = Ports.free();
        Path configuration = Files.writeString(home.resolve("prometheus.yml"), "scrape_configs: []\n");
        return start(
                home,
                port,
                "/-/ready",
                "prometheus",
                "--web.enable-remote-write-receiver",
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + home.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port);
    }

    private static DebianServer start(Path home, int port, String health, String program, String... arguments)
            throws InterruptedException {
        assumeTrue(isInstalled(program), program + ": not installed; this test needs its Debian package");
        List<String> command = new java.util.ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Server server = Server.of(program, command, home, home.resolve(program + ".log"), Probe.http(port, health));
        DebianServer started = new DebianServer(server, Loopback.http(port, "").toString());
        started.restart();
        return started;
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    void restart() throws InterruptedException {
        process = ServerProcess.start(server);
        try {
            process.awaitUp(Duration.ofSeconds(60));
        } catch (ServerFailedException e) {
            close();
            throw e;
        }
    }

    void kill() throws InterruptedException {
        process.process().kill();
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        try {
            process.stop(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
