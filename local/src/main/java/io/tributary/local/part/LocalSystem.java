package io.tributary.local.part;

import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.servers.ConnectWorker;
import io.tributary.servers.Distributions;
import io.tributary.servers.Elasticsearch;
import io.tributary.servers.Kafka;
import io.tributary.servers.QuestDb;
import io.tributary.servers.SchemaRegistry;
import io.tributary.servers.Server;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All parts of the system on one machine.
 *
 * @param home its folders
 * @param endpoints its ports
 * @param environment the variables of the environment that its parts are started in
 */
public record LocalSystem(Home home, Endpoints endpoints, Map<String, String> environment) {

    /** Many times what a part needs: a busy machine is slow, and a part that ends is noticed at once. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The plugins that the build of the connectors makes, a folder each. */
    private static final String PLUGINS = "connectors/target/plugins";

    public LocalSystem {
        environment = Map.copyOf(environment);
    }

    /** The parts, in an order in which each comes after those that it waits for. */
    public List<Part> parts() {
        return Stream.concat(thirdParties(), Service.ALL.stream().map(this::service))
                .toList();
    }

    /**
     * The parts of those names and all that they wait for, in the same order; all parts, if there is no name.
     *
     * @throws IllegalArgumentException if a name is not a part's
     */
    public List<Part> parts(Collection<String> names) {
        List<Part> all = parts();
        if (names.isEmpty()) {
            return all;
        }
        var unknown = new TreeSet<>(names);
        all.forEach(part -> unknown.remove(part.name()));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("parts: " + String.join(", ", unknown) + " (expected: any of "
                    + all.stream().map(Part::name).collect(Collectors.joining(", ")) + ")");
        }
        var wanted = new HashSet<>(names);
        for (Part part : all.reversed()) {
            if (wanted.contains(part.name())) {
                wanted.addAll(part.after());
            }
        }
        return all.stream().filter(part -> wanted.contains(part.name())).toList();
    }

    private Stream<Part> thirdParties() {
        var distributions = Distributions.of(home.root());
        var elasticsearch = new Elasticsearch(
                port(Port.ELASTICSEARCH), port(Port.ELASTICSEARCH_TRANSPORT), home.data("elasticsearch"));
        var questDb = new QuestDb(port(Port.QUESTDB), home.data("questdb"), home.log("questdb"));
        var registry = new SchemaRegistry(
                port(Port.REGISTRY),
                home.data("registry"),
                home.log("registry"),
                Optional.of(home.data("registry").resolve("schemas")));
        var connect = new ConnectWorker(
                port(Port.CONNECT),
                endpoints.kafka(),
                home.root().resolve(PLUGINS),
                home.data("connect"),
                home.log("connect"));
        Stream<Part> kafka = brokers().map(broker -> part(broker.server(distributions), Set.of()));
        Stream<Part> others = Stream.of(
                part(elasticsearch.server(distributions), Set.of()),
                part(registry.server(distributions), Set.of()),
                part(questDb.server(distributions), Set.of()),
                part(connect.server(distributions), brokerNames()));
        return Stream.concat(kafka, others);
    }

    private Stream<Kafka> brokers() {
        List<Kafka.Node> nodes = endpoints.brokers().nodes(this::port);
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(id -> new Kafka(id, nodes, home.data(Kafka.name(id)), home.log(Kafka.name(id))));
    }

    private Set<String> brokerNames() {
        return brokers().map(Kafka::name).collect(Collectors.toSet());
    }

    private Part service(Service service) {
        var after = new HashSet<>(service.after());
        after.addAll(brokerNames());
        return part(service.server(home, endpoints, environment), after);
    }

    private Part part(Server server, Set<String> after) {
        return new Part(server, after, variables(), PATIENCE);
    }

    private Map<Integer, String> variables() {
        return Arrays.stream(Port.values()).collect(Collectors.toMap(this::port, Port::variable));
    }

    private int port(Port port) {
        return endpoints.port(port);
    }
}
