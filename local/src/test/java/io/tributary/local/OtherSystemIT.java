package io.tributary.local;

import static io.tributary.servers.fixture.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.local.console.Console;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.TopicCreation;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.fixture.SecuredKafka;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system on a Kafka with TLS and SCRAM, under a prefix of its own, is looked at as this machine's is. */
class OtherSystemIT {
    private static final String PREFIX = "acme.telemetry.";
    private static final String REGISTRY = "mock://other";

    private static final List<AclBinding> RIGHTS = Stream.of(
                    right(ResourceType.TOPIC, PREFIX, CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE),
                    right(ResourceType.GROUP, "*", DESCRIBE),
                    right(ResourceType.TRANSACTIONAL_ID, "tributary-dlq-retry", ALL))
            .flatMap(rights -> rights)
            .toList();

    @TempDir
    private static Path folder;

    private static SecuredKafka kafka;
    private static Topics topics;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeLetters() throws Exception {
        kafka = new SecuredKafka(Files.createDirectory(folder.resolve("kafka")), RIGHTS);
        topics = Topics.of(PREFIX, new SchemaRegistry(REGISTRY));
        Map<String, Object> client = new HashMap<>(settings());
        client.put("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            new TopicCreation(admin, Optional.of((short) 1)).create(topics.all());
        }
        try (var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long offset : List.of(4L, 17L)) {
                producer.send(new DeadLetter(
                                        null,
                                        ("letter " + offset).getBytes(StandardCharsets.UTF_8),
                                        Reason.MAPPING,
                                        "",
                                        "log-indexer",
                                        topics.logs().name(),
                                        3,
                                        offset,
                                        0,
                                        List.of())
                                .toRecord())
                        .get();
            }
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void deadLettersAreListedShownAndRetriedAndTheLedgerTells() throws Exception {
        assertThat(run("dlq")).as(text(err)).isZero();
        assertThat(text(out)).containsPattern("acme.telemetry.logs.dlq +mapping +2 +0\n");

        assertThat(run("dlq", "show", "logs", "1")).as(text(err)).isZero();
        assertThat(text(out)).contains("acme.telemetry.logs-3@17").contains("letter 17");

        assertThat(run("dlq", "retry", "logs")).as(text(err)).isZero();
        assertThat(text(out)).containsPattern("acme.telemetry.logs.dlq +2 +0 +0\n");

        assertThat(run("ledger")).as(text(err)).isZero();
        assertThat(text(out))
                .contains("acme.telemetry.logs ")
                .contains("2 retried after they were dead letters")
                .contains("unexplained 0");
    }

    @Test
    void anOptionBeforeTheWordBelowCountsToo() throws Exception {
        List<String> words = new ArrayList<>(List.of("dlq"));
        words.addAll(options(kafka.jaas()));
        words.addAll(List.of("show", "logs", "0"));

        assertThat(execute(words)).as(text(err)).isZero();
        assertThat(text(out)).contains("letter 4");
    }

    @Test
    void aWrongPasswordIsSaid() throws Exception {
        String jaas = kafka.jaas().replace("a password", "another");
        for (String word : List.of("ledger", "dlq")) {
            err.reset();
            List<String> words = new ArrayList<>(List.of(word));
            words.addAll(options(jaas));

            assertThat(execute(words)).isEqualTo(3);
            assertThat(text(err))
                    .startsWith("kafka: " + kafka.bootstrapServers() + " does not let us in: ")
                    .contains("invalid credentials")
                    .contains("--command-config");
        }
    }

    @Test
    void aTrustStoreThatIsNotThereIsSaid() throws Exception {
        Map<String, String> settings = settings();
        settings.put("ssl.truststore.location", "/nowhere/ca.crt");
        List<String> words = new ArrayList<>(List.of("ledger"));
        words.addAll(options(settings));

        assertThat(execute(words)).isEqualTo(3);
        assertThat(text(err)).contains("/nowhere/ca.crt");
    }

    private int run(String... words) throws Exception {
        out.reset();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(options(kafka.jaas()));
        return execute(all);
    }

    private int execute(List<String> words) {
        var console = new Console(print(out), print(err), false);
        return Tributary.commandLine(new Context(Home.of(folder, Map.of()), Map.of(), console))
                .execute(words.toArray(String[]::new));
    }

    private static List<String> options(String jaas) throws Exception {
        Map<String, String> settings = settings();
        settings.put("sasl.jaas.config", jaas);
        return options(settings);
    }

    private static List<String> options(Map<String, String> settings) throws Exception {
        Path file = folder.resolve("client.properties");
        Files.write(
                file,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        return List.of(
                "--bootstrap-server",
                kafka.bootstrapServers(),
                "--command-config",
                file.toString(),
                "--topic-prefix",
                PREFIX,
                "--schema-registry-url",
                REGISTRY);
    }

    private static Map<String, String> settings() throws Exception {
        Path authority = Files.writeString(folder.resolve("authority.pem"), kafka.authority());
        return new HashMap<>(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", kafka.jaas(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", authority.toString()));
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
