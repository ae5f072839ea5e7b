package io.tributary.it.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.system.Command;
import io.tributary.it.system.Endpoints;
import io.tributary.it.system.Result;
import io.tributary.servers.Ports;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system of docker-compose.yml, as a project of its own on ports of its own. */
final class Compose implements Endpoints, AutoCloseable {
    private static final List<String> PORTS = List.of(
            "OTLP_GRPC",
            "OTLP_HTTP",
            "ALERT_ROUTER",
            "KAFKA",
            "REGISTRY",
            "CONNECT",
            "ELASTICSEARCH",
            "VICTORIA_METRICS",
            "KIBANA",
            "GRAFANA",
            "JAEGER");
    /** Compose 1, a command of its own. */
    static final List<String> OLDER = List.of("docker-compose");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Map<String, Integer> ports = new HashMap<>();
    private final String project =
            "tributary-it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Command command;

    /** @param program the command and the words that it always gets first */
    Compose(List<String> program) {
        Map<String, String> environment = new HashMap<>(Map.of("COMPOSE_PROJECT_NAME", project));
        for (String name : PORTS) {
            ports.put(name, Ports.free());
            environment.put("TRIBUTARY_" + name + "_PORT", ports.get(name).toString());
        }
        command = new Command(program, environment);
    }

    /** Compose as a plug-in of the docker command, where it is installed, or the older command. */
    static List<String> newest() {
        return Docker.COMMAND.run("compose", "version").code() == 0 ? List.of("docker", "compose") : OLDER;
    }

    /** What Compose prints; fails if it fails. */
    String run(String... words) {
        return Docker.successful(command.run(words)).out().strip();
    }

    /** Starts the core, and returns when every server is healthy and every job is done. */
    void up() {
        run("up", "--detach");
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> containers()
                        .forEach((service, container) -> assertThat(isWell(container))
                                .as("%s: %s", service, container.at("/State"))
                                .isTrue()));
    }

    /** A server is healthy; what has no health ends without an error. */
    private static boolean isWell(JsonNode container) {
        JsonNode state = container.get("State");
        return state.has("Health")
                ? state.at("/Health/Status").asString().equals("healthy")
                : state.get("Status").asString().equals("exited")
                        && state.get("ExitCode").asInt() == 0;
    }

    /** What Docker tells of every container of the project, by service. */
    Map<String, JsonNode> containers() {
        Map<String, JsonNode> containers = new HashMap<>();
        for (String id : run("ps", "--all", "--quiet").split("\\s+", -1)) {
            JsonNode container = container(id);
            containers.put(
                    container
                            .get("Config")
                            .get("Labels")
                            .get("com.docker.compose.service")
                            .asString(),
                    container);
        }
        return containers;
    }

    private static JsonNode container(String id) {
        return JsonMapper.shared().readTree(Docker.run("inspect", id)).get(0);
    }

    private String id(String service) {
        return run("ps", "--all", "--quiet", service);
    }

    /** Takes the service off the network: it reaches nobody, and nobody reaches it. */
    void cutOff(String service) {
        Docker.run("network", "disconnect", project + "_default", id(service));
    }

    /** Puts the service back on the network, under its name. */
    void rejoin(String service) {
        Docker.run("network", "connect", "--alias", service, project + "_default", id(service));
    }

    /** Stops the service as {@code docker stop} does, and returns what Docker then tells of it. */
    JsonNode stop(String service) {
        String id = id(service);
        run("stop", service);
        return container(id);
    }

    void start(String service) {
        run("start", service);
    }

    /** The ledger once nothing is in flight; fails if something still is after two minutes, or is unexplained. */
    JsonNode balancedLedger() {
        Result ledger = command.run("run", "--rm", "-T", "cli", "ledger", "--json", "--wait", "120s");
        assertThat(ledger.code()).as("%s", ledger).isZero();
        assertThat(ledger.json().get("balanced").asBoolean()).isTrue();
        return ledger.json();
    }

    @Override
    public URI at(String port, String path) {
        return URI.create("http://127.0.0.1:" + ports.get(port) + path);
    }

    /** Ends everything, and removes containers, network and volumes. */
    @Override
    public void close() {
        command.run("down", "--volumes", "--timeout", "10");
    }
}
