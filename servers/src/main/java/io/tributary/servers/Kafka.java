package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One Kafka node in KRaft mode, broker and controller at once.
 *
 * @param id of this node, which counts from 1
 * @param nodes of the whole cluster, this one included
 * @param home configuration and data
 * @param log the server's log
 */
public record Kafka(int id, List<Node> nodes, Path home, Path log) {
    /**
     * Where a node listens.
     *
     * @param port where clients connect
     * @param controllerPort the quorum's own port
     */
    public record Node(int port, int controllerPort) {}

    /** How many copies of everything a cluster of more than one node keeps, if it has so many nodes. */
    private static final int COPIES = 3;

    /** Any base64 of 16 bytes does; one for all, so that data outlives a change of the launcher. */
    static final String CLUSTER_ID = "dHJpYnV0YXJ5LWxvY2FsIQ";

    private static final String VOTERS = "controller.quorum.voters";

    /** The only node of its cluster. */
    public Kafka(int port, int controllerPort, Path home, Path log) {
        this(1, List.of(new Node(port, controllerPort)), home, log);
    }

    public Kafka {
        nodes = List.copyOf(nodes);
    }

    public String bootstrapServers() {
        return Loopback.HOST + ":" + node().port();
    }

    public String name() {
        return name(id);
    }

    /** The first node is {@code kafka}, the others have their number behind it. */
    public static String name(int id) {
        return id == 1 ? "kafka" : "kafka-" + id;
    }

    private Node node() {
        return nodes.get(id - 1);
    }

    /** The node as a process of its own. Its storage is formatted at the first start. */
    public Server server(Distributions distributions) {
        Path configuration = home.resolve("server.properties");
        String classPath = distributions.kafkaClassPath();
        return Server.of(
                        name(),
                        Jvm.command(
                                Jvm.options(Jvm.SMALL, "-Xmx320m", "-Xms128m", Log4j.option(home), "-cp", classPath),
                                "kafka.Kafka",
                                configuration.toString()),
                        home,
                        log,
                        new KafkaProbe(bootstrapServers()))
                .withPort("clients", node().port())
                .withPort("controller", node().controllerPort())
                .withPreparation(() -> {
                    refuseOtherCluster(configuration);
                    PropertiesFile.write(configuration, properties());
                    Log4j.write(home);
                    if (!Files.exists(data().resolve("meta.properties"))) {
                        format(classPath, configuration);
                    }
                });
    }

    /**
     * The broker's settings: nothing created by accident; one copy of everything on one node, three copies on three, of
     * which two must be written before a record counts as there.
     */
    public Properties properties() {
        String copies = Integer.toString(Math.min(COPIES, nodes.size()));
        String inSync = nodes.size() < COPIES ? "1" : "2";
        var properties = new Properties();
        properties.putAll(Map.ofEntries(
                Map.entry("process.roles", "broker,controller"),
                Map.entry("node.id", Integer.toString(id)),
                Map.entry(VOTERS, voters()),
                Map.entry("controller.listener.names", "CONTROLLER"),
                Map.entry("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,CLIENTS:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "CLIENTS"),
                Map.entry(
                        "listeners",
                        "CLIENTS://" + Loopback.HOST + ":" + node().port() + ",CONTROLLER://" + Loopback.HOST + ":"
                                + node().controllerPort()),
                Map.entry("advertised.listeners", "CLIENTS://" + Loopback.HOST + ":" + node().port()),
                Map.entry("log.dirs", data().toString()),
                Map.entry("auto.create.topics.enable", "false"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("default.replication.factor", copies),
                Map.entry("min.insync.replicas", inSync),
                Map.entry("offsets.topic.replication.factor", copies),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", copies),
                Map.entry("transaction.state.log.min.isr", inSync),
                Map.entry("transaction.state.log.num.partitions", "4"),
                Map.entry("share.coordinator.state.topic.replication.factor", copies),
                Map.entry("share.coordinator.state.topic.min.isr", inSync),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
                Map.entry("log.segment.bytes", "67108864"),
                Map.entry("offsets.topic.segment.bytes", "16777216"),
                Map.entry("num.network.threads", "2"),
                Map.entry("num.io.threads", "4"),
                Map.entry("background.threads", "2"),
                Map.entry("controlled.shutdown.enable", "true")));
        return properties;
    }

    private String voters() {
        return IntStream.rangeClosed(1, nodes.size())
                .mapToObj(one ->
                        one + "@" + Loopback.HOST + ":" + nodes.get(one - 1).controllerPort())
                .collect(Collectors.joining(","));
    }

    /** A node with another number of others would not find its quorum, or would forget what the others knew. */
    private void refuseOtherCluster(Path configuration) throws IOException {
        if (!Files.exists(data().resolve("meta.properties")) || !Files.exists(configuration)) {
            return;
        }
        var former = new Properties();
        try (var in = Files.newBufferedReader(configuration)) {
            former.load(in);
        }
        int size = former.getProperty(VOTERS, "").split(",", -1).length;
        if (size != nodes.size()) {
            throw new IOException(home + ": data of a cluster of " + size + " (expected: of " + nodes.size()
                    + "; start it with as many brokers as before, or elsewhere)");
        }
    }

    Path data() {
        return home.resolve("data");
    }

    private void format(String classPath, Path configuration) throws IOException, InterruptedException {
        List<String> command = Jvm.command(
                Jvm.options(Jvm.SMALL, "-Xmx128m", Log4j.option(home), "-cp", classPath),
                "kafka.tools.StorageTool",
                "format",
                "--cluster-id",
                CLUSTER_ID,
                "--config",
                configuration.toString());
        Process format = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (format.waitFor() != 0) {
            throw new IOException("storage cannot be formatted in " + data());
        }
    }
}
