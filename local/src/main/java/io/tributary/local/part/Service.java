package io.tributary.local.part;

import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.servers.Jvm;
import io.tributary.servers.Loopback;
import io.tributary.servers.Probe;
import io.tributary.servers.Server;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A service of ours: the module whose build makes an executable jar.
 *
 * @param name of the module, the service and the part
 * @param heap the JVM's option for the most memory of its heap
 * @param management where its health is asked for
 * @param stores the parts that it writes to, beside Kafka; it is ready only when they answer
 * @param doors the ports for others
 */
record Service(String name, String heap, Port management, Set<String> stores, List<Door> doors) {

    /**
     * A port for others.
     *
     * @param purpose what people call it
     * @param variable the setting of the service that moves it, as a variable of the environment
     */
    record Door(String purpose, Port port, String variable) {}

    private static final String HEAP = "-Xmx128m";
    /** The heap of a service that holds in memory what waits for more, beside what flows through. */
    private static final String HOLDING_HEAP = "-Xmx256m";
    /** The heap of a service that holds little of what waits there, as facts of spans, or samples that rules read. */
    private static final String STATE_HEAP = "-Xmx192m";

    private static final String TRACES_MEMORY = "TRIBUTARY_TRACES_MEMORY";

    static final List<Service> ALL = List.of(
            new Service(
                    "ingest-gateway",
                    HEAP,
                    Port.INGEST_GATEWAY_MANAGEMENT,
                    Set.of(),
                    List.of(
                            new Door("otlp-grpc", Port.OTLP_GRPC, "TRIBUTARY_OTLP_GRPCPORT"),
                            new Door("otlp-http", Port.OTLP_HTTP, "TRIBUTARY_OTLP_HTTPPORT"))),
            new Service("log-indexer", HEAP, Port.LOG_INDEXER_MANAGEMENT, Set.of("elasticsearch"), List.of()),
            new Service("metrics-aggregator", HOLDING_HEAP, Port.METRICS_AGGREGATOR_MANAGEMENT, Set.of(), List.of()),
            new Service("trace-assembler", STATE_HEAP, Port.TRACE_ASSEMBLER_MANAGEMENT, Set.of(), List.of()),
            new Service(
                    "alert-router",
                    STATE_HEAP,
                    Port.ALERT_ROUTER_MANAGEMENT,
                    Set.of(),
                    List.of(new Door("api", Port.ALERT_ROUTER, "SERVER_PORT"))));

    /** The parts that must be up before it. */
    Set<String> after() {
        var after = new HashSet<>(stores);
        after.add("kafka");
        after.add("registry");
        return after;
    }

    Server server(Home home, Endpoints endpoints, Map<String, String> outer) {
        var program = new Program(jar(home), home.programs().resolve(name));
        Server server = Server.of(
                name,
                Jvm.command(Jvm.ours(heap, "-Xms48m"), "-jar", program.jar().toString()),
                home.data(name),
                home.log(name),
                Probe.http(endpoints.port(management), "/actuator/health/readiness"));
        for (Door door : doors) {
            server = server.withPort(door.purpose(), endpoints.port(door.port()));
        }
        return server.withPort("management", endpoints.port(management))
                .withEnvironment(environment(home, endpoints, outer))
                .withPreparation(program::unpack);
    }

    private Path jar(Home home) {
        return home.root().resolve(name).resolve("target").resolve(name + "-0.1.0-SNAPSHOT-exec.jar");
    }

    private Map<String, String> environment(Home home, Endpoints endpoints, Map<String, String> outer) {
        var environment = new HashMap<String, String>(Map.of(
                "TRIBUTARY_KAFKA_BOOTSTRAPSERVERS", endpoints.kafka(),
                "TRIBUTARY_KAFKA_REGISTRYURL", endpoints.registry(),
                "TRIBUTARY_KAFKA_STATEDIR", home.data(name).resolve("state").toString(),
                "MANAGEMENT_SERVER_PORT", Integer.toString(endpoints.port(management))));
        environment.put("SERVER_ADDRESS", Loopback.HOST);
        if (name.equals("log-indexer")) {
            environment.put("TRIBUTARY_ELASTICSEARCH_URL", endpoints.elasticsearch());
        }
        if (name.equals("trace-assembler")) {
            // More than it would take by itself of so small a heap; but who says otherwise is heard.
            environment.put(TRACES_MEMORY, outer.getOrDefault(TRACES_MEMORY, "150MB"));
        }
        for (Door door : doors) {
            environment.put(door.variable(), Integer.toString(endpoints.port(door.port())));
        }
        return environment;
    }
}
