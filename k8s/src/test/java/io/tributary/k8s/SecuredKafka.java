package io.tributary.k8s;

import io.tributary.servers.Kafka;
import io.tributary.servers.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;

/**
 * A Kafka as one is run in production: beside its own listener, one with TLS by an authority of its own and SCRAM, for
 * one user.
 */
final class SecuredKafka implements AutoCloseable {
    private static final String USER = "tributary";
    private static final String PASSWORD = "a password";

    private final Path authority;
    private final int port = Ports.free();
    private final KafkaRaftServer server;

    /** Starts it with its data in that folder. */
    SecuredKafka(Path home) throws Exception {
        Path store = home.resolve("broker.p12");
        authority = home.resolve("ca.crt");
        keytool(
                store,
                "-genkeypair",
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(store, "-exportcert", "-alias", "broker", "-rfc", "-file", authority.toString());
        Kafka plain = new Kafka(Ports.free(), Ports.free(), home, home.resolve("kafka.log"));
        Properties properties = plain.properties();
        properties.put("listeners", properties.get("listeners") + ",SECURED://127.0.0.1:" + port);
        properties.put("advertised.listeners", properties.get("advertised.listeners") + ",SECURED://127.0.0.1:" + port);
        properties.put(
                "listener.security.protocol.map",
                properties.get("listener.security.protocol.map") + ",SECURED:SASL_SSL");
        properties.put("listener.name.secured.sasl.enabled.mechanisms", "SCRAM-SHA-512");
        properties.put(
                "listener.name.secured.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        properties.put("listener.name.secured.ssl.keystore.type", "PKCS12");
        properties.put("listener.name.secured.ssl.keystore.location", store.toString());
        properties.put("listener.name.secured.ssl.keystore.password", PASSWORD);
        format(properties.getProperty("log.dirs"));
        server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        server.startup();
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool: " + output);
        }
    }

    private static void format(String data) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(data)
                .addDirectory(data)
                .setScramArguments(List.of("SCRAM-SHA-512=[name=" + USER + ",password=" + PASSWORD + "]"))
                .run();
    }

    /** The listener that is secured. */
    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client logs in with. */
    String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                + PASSWORD + "\";";
    }

    /** The certificate to trust, as PEM. */
    String authority() throws IOException {
        return Files.readString(authority);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
