package io.tributary.k8s;

import static io.tributary.servers.fixture.SecuredKafka.right;
import static org.apache.kafka.common.acl.AclOperation.ALL;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Workload;
import io.tributary.servers.fixture.SecuredKafka;
import io.tributary.servers.fixture.TestElasticsearch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the overlay for production starts, started for real: every service and both sinks get ready on a Kafka that
 * takes nothing but TLS and SCRAM, by the probes, the environment and the files that the manifests give them. The user
 * has the rights that docs/kubernetes.md names.
 */
class SecuredPodsIT {
    private static final List<AclBinding> RIGHTS = Stream.of(
                    right(ResourceType.TOPIC, "tributary.", CREATE, DESCRIBE, READ, WRITE),
                    Stream.of("metrics-aggregator", "trace-assembler", "alert-router")
                            .flatMap(job -> right(
                                    ResourceType.TOPIC, job, CREATE, DESCRIBE, DESCRIBE_CONFIGS, READ, WRITE, DELETE)),
                    Stream.of("log-indexer", "metrics-aggregator", "trace-assembler", "alert-router", "connect-")
                            .flatMap(name -> right(ResourceType.GROUP, name, ALL)),
                    Stream.of("metrics-aggregator", "trace-assembler", "alert-router")
                            .flatMap(job -> right(ResourceType.TRANSACTIONAL_ID, job, ALL)))
            .flatMap(rights -> rights)
            .toList();

    private static SecuredKafka kafka;
    private static Admin admin;
    private static Manifests manifests;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        assumeTrue(Kustomize.isInstalled(), "neither kubectl nor kustomize is installed");
        manifests = Manifests.read(Kustomize.render("prod", List.of()));
        kafka = new SecuredKafka(home, RIGHTS);
        admin = Admin.create(Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                kafka.jaas(),
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.certificates",
                kafka.authority()));
    }

    @AfterAll
    static void stop() {
        Stream.of(Optional.ofNullable(admin), Optional.ofNullable(kafka))
                .flatMap(Optional::stream)
                .forEach(each -> {
                    try {
                        each.close();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    /** A service, and the consumer group that it joins; the gateway reads nothing. */
    @ParameterizedTest
    @CsvSource({
        "ingest-gateway,",
        "log-indexer, log-indexer",
        "metrics-aggregator, metrics-aggregator",
        "trace-assembler, trace-assembler",
        "alert-router, alert-router",
        "trace-sink, connect-elasticsearch",
        "metric-sink, connect-metric-store"
    })
    void getsReady(String name, String group) throws Exception {
        Workload workload = manifests
                .workloads()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (RunningPod pod = RunningPod.start(workload, manifests, secrets(), replaced())) {
            assertThat(pod.isAlive()).isTrue();
            if (group != null) {
                // There is no such group before its first member.
                await().atMost(Duration.ofMinutes(2))
                        .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
                        .until(() -> hasMembers(group));
            }
        }
    }

    private static boolean hasMembers(String group) throws Exception {
        return !admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .get(group)
                .members()
                .isEmpty();
    }

    private static Map<String, String> secrets() throws Exception {
        return Map.of(
                "sasl.jaas.config",
                kafka.jaas(),
                "ca.crt",
                kafka.authority(),
                "api-key",
                "an API key",
                "alertmanager.yml",
                """
                        route: {receiver: nobody}
                        receivers:
                          - name: nobody
                            webhook_configs: [{url: 'http://127.0.0.1:9/'}]
                        """);
    }

    private static Map<String, String> replaced() {
        return Map.of(
                "TRIBUTARY_KAFKA_BOOTSTRAPSERVERS", kafka.bootstrapServers(),
                "TRIBUTARY_KAFKA_REGISTRYURL", "mock://registry",
                "TRIBUTARY_KAFKA_PARTITIONS", "2",
                "TRIBUTARY_KAFKA_REPLICATION", "1",
                "TRIBUTARY_KAFKA_MININSYNC", "1",
                "TRIBUTARY_ELASTICSEARCH_URL", TestElasticsearch.shared().url(),
                "METRIC_STORE_URL", "http://127.0.0.1:9/");
    }
}
