package io.tributary.it.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.servers.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;

/**
 * The whole system, started once by the real {@code ./tributary up} in a folder and on ports of its own, for all
 * scenarios that ask for it by a parameter of this type, and stopped after the last one.
 */
public final class Tributary implements Endpoints {
    private static final List<String> PORTS = List.of(
            "OTLP_GRPC",
            "OTLP_HTTP",
            "KAFKA",
            "KAFKA_CONTROLLER",
            "KAFKA_2",
            "KAFKA_2_CONTROLLER",
            "KAFKA_3",
            "KAFKA_3_CONTROLLER",
            "REGISTRY",
            "CONNECT",
            "ELASTICSEARCH",
            "ELASTICSEARCH_TRANSPORT",
            "QUESTDB",
            "ALERT_ROUTER",
            "INGEST_GATEWAY_MANAGEMENT",
            "LOG_INDEXER_MANAGEMENT",
            "METRICS_AGGREGATOR_MANAGEMENT",
            "TRACE_ASSEMBLER_MANAGEMENT",
            "ALERT_ROUTER_MANAGEMENT");

    private final int brokers;
    private final Path home;
    private final Map<String, Integer> ports = new HashMap<>();
    private final Command command;

    private Tributary(int brokers) {
        this.brokers = brokers;
        try {
            // Elasticsearch, which runs as another user where this one is root, must be able to enter.
            home = Files.createTempDirectory("tributary-it-");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>(Map.of("TRIBUTARY_HOME", home.toString()));
        for (String name : PORTS) {
            ports.put(name, Ports.free());
            environment.put("TRIBUTARY_" + name + "_PORT", ports.get(name).toString());
        }
        environment.put("TRIBUTARY_KAFKA_BROKERS", Integer.toString(brokers));
        // Scenarios take minutes, of which full compilation would take a good part.
        environment.put("TRIBUTARY_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        environment.put("ES_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
        // The last windows of a source that stopped come out within a scenario's patience.
        environment.put("TRIBUTARY_METRICS_GRACE", "5s");
        environment.put("TRIBUTARY_METRICS_IDLE", "5s");
        command = Command.tributary(environment);
    }

    /** Gives a scenario the system; one that did not start once is not tried again. */
    public static final class Started implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Tributary.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            int brokers =
                    parameter.findAnnotation(Brokers.class).map(Brokers::value).orElse(1);
            // One with brokers of its own is stopped with the class that asked for it.
            ExtensionContext owner =
                    brokers == 1 ? context.getRoot() : context.getParent().orElseThrow();
            return owner.getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent("system of " + brokers, unseen -> new Start(brokers), Start.class)
                    .tributary();
        }
    }

    /** The one start, whatever came of it. */
    private static final class Start implements AutoCloseable {
        private final Tributary tributary;
        private final Result up;

        Start(int brokers) {
            tributary = new Tributary(brokers);
            up = tributary.run("up");
        }

        Tributary tributary() {
            assertThat(up.code()).as("%s", up).isZero();
            return tributary;
        }

        @Override
        public void close() {
            tributary.close();
        }
    }

    /** Runs the command to its end. */
    public Result run(String... words) {
        return command.run(words);
    }

    /** The command, with this system's folder and ports. */
    public Command command() {
        return command;
    }

    @Override
    public URI at(String port, String path) {
        return URI.create("http://127.0.0.1:" + ports.get(port) + path);
    }

    /** {@code host:port} of Kafka; of each broker, separated by commas, if there are several. */
    public String bootstrapServers() {
        return Stream.of("KAFKA", "KAFKA_2", "KAFKA_3")
                .limit(brokers)
                .map(port -> "127.0.0.1:" + ports.get(port))
                .collect(Collectors.joining(","));
    }

    /** The value of a service's own meter, added up over its labels; the port is the service's management port. */
    public double meter(String port, String name) {
        return Http.text(at(port, "/actuator/prometheus"))
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What {@code status --json} tells of every part. */
    public List<JsonNode> parts() {
        Result status = run("status", "--json");
        assertThat(status.code()).as("%s", status).isZero();
        return StreamSupport.stream(status.json().get("parts").spliterator(), false)
                .toList();
    }

    /** The process of a part that runs. */
    public RunningPart part(String name) {
        long pid = parts().stream()
                .filter(one -> one.get("name").asString().equals(name))
                .mapToLong(one -> one.get("pid").asLong())
                .findFirst()
                .orElseThrow();
        return new RunningPart(name, ProcessHandle.of(pid).orElseThrow());
    }

    /** Kills a part as a crash would, and returns once it is gone. */
    public void kill(String part) {
        part(part).kill();
    }

    /** Deletes what a service of Kafka Streams, which must not run, keeps on this disk. */
    public void forgetState(String service) {
        delete(home.resolve("data").resolve(service).resolve("state"));
    }

    /** Starts what does not run: of these parts and those that they wait for, or of all if none is named. */
    public void up(String... parts) {
        Result up = run(Stream.concat(Stream.of("up"), Stream.of(parts)).toArray(String[]::new));
        assertThat(up.code()).as("%s", up).isZero();
    }

    /** The ledger once nothing is in flight; fails if something still is after five minutes, or is unexplained. */
    public JsonNode balancedLedger() {
        Result ledger = run("ledger", "--json", "--wait", "300s");
        assertThat(ledger.code()).as("%s", run("ledger")).isZero();
        assertThat(ledger.json().get("balanced").asBoolean()).isTrue();
        return ledger.json();
    }

    /** A new folder for whatever a scenario adds to this system; it goes with it. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(home, name + "-");
    }

    /** Processes whose command names this system's folder. */
    public List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .filter(line -> line.contains(home.toString()))
                .toList();
    }

    /** Stops everything and leaves neither process nor file. */
    private void close() {
        Result down = run("down");
        List<String> left = processes();
        delete(home);
        assertThat(down.code()).as("%s", down).isZero();
        assertThat(left).isEmpty();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
