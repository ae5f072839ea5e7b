package io.tributary.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.k8s.check.Check;
import io.tributary.k8s.model.Manifests;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Manifests in which one thing is broken: the problem is found, and says where it is. */
class BrokenManifestTest {
    private static String prod;
    private static String dev;

    @BeforeAll
    static void render() {
        assumeTrue(Kustomize.isInstalled(), "neither kubectl nor kustomize is installed");
        prod = Kustomize.render("prod", List.of("consumer-lag-sasl", "fluent-bit", "otel-collector"));
        dev = Kustomize.render("dev", List.of("consumer-lag"));
    }

    /** In the first column a regular expression, of whose matches the first is replaced. */
    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            # The model
            automountServiceAccountToken   => autoMountToken     => Unrecognized field "autoMountToken"
            kind: PodDisruptionBudget      => kind: PodDisruption => policy/v1/PodDisruption is no known kind
            minReplicas: 3                 => minReplicas: three => HorizontalPodAutoscaler/ingest-gateway: Cannot deserialize

            # References of workloads
            name: alert-rules-\\w+\\n\\s+name: rules => name: alert-rules\\n        name: rules => StatefulSet/alert-router: no ConfigMap alert-rules
            - configMapRef:\\n\\s+name: kafka-\\w+  => - configMapRef:\\n            name: kafka => Deployment/ingest-gateway: no ConfigMap kafka
            secretName: elasticsearch-client => secretName: elastic => Deployment/log-indexer: no Secret elastic
            key: sasl.jaas.config          => key: jaas          => Deployment/ingest-gateway: no key jaas in Secret kafka-client
            key: password\\n\\s+name: kafka-lag => key: pass\\n    name: kafka-lag => TriggerAuthentication/kafka: no key pass in Secret kafka-lag
            serviceAccountName: log-indexer => serviceAccountName: indexer => Deployment/log-indexer: no ServiceAccount indexer
            mountPath: /etc/elasticsearch\\n\\s+name: elasticsearch => mountPath: /etc/elasticsearch\\n          name: elastic => Deployment/log-indexer: no volume elastic
            mountPath: /var/lib/tributary  => mountPath: /var/lib/state => StatefulSet/alert-router: nothing is mounted at /var/lib/tributary
            API_?KEYFILE: /etc/elasticsearch/api-key => APIKEYFILE: /etc/elasticsearch/key => Deployment/log-indexer: nothing is mounted at /etc/elasticsearch/key
            nodes.yml: \\|                 => nodes.yaml: |      => StatefulSet/alert-router: nothing is mounted at /etc/tributary/rules/*.yml

            # Services, ports, addresses, policies
            targetPort: otlp-grpc          => targetPort: grpc   => Service/otel-collector: otel-collector has no port grpc
            serviceName: trace-assembler   => serviceName: assembler => StatefulSet/trace-assembler: no Service assembler
            kafka-1.example.com:9093       => kafka-1.example.com:9094 => Deployment/log-indexer: no network policy lets it out to kafka-1.example.com:9094
            host: ingest-gateway.tributary.svc => host: gateway.tributary.svc => DaemonSet/fluent-bit: no Service at gateway.tributary.svc:4318
            - port: otlp-http\\n\\s+to: => - port: http\\n    to: => NetworkPolicy/fluent-bit: leads to port http, which no peer has
            - port: api => - port: rest => NetworkPolicy/alert-router: no port rest at its pods
            tributary.io/store: elasticsearch\\n  policyTypes => tributary.io/store: elastic\\n  policyTypes => NetworkPolicy/to-elasticsearch: selects no pods

            # Scaling
            maxReplicas: 48                => maxReplicas: 2     => HorizontalPodAutoscaler/ingest-gateway: at least 3, at most 2
            minReplicaCount: 2             => maxReplicaCount: 25\\n  minReplicaCount: 2 => ScaledObject/alert-router: up to 25 for 24 partitions
            kind: Deployment\\n    name: log-indexer => kind: StatefulSet\\n    name: log-indexer => ScaledObject/log-indexer: no StatefulSet log-indexer
            topic: tributary.spans         => topic: tributary.span => ScaledObject/trace-assembler: no topic tributary.span
            consumerGroup: connect-elasticsearch => consumerGroup: connect-es => ScaledObject/trace-sink: group connect-es is not connect-elasticsearch
            authenticationRef:\\n\\s+name: kafka\\n\\s+metadata => metadata => ScaledObject/alert-router: does not log in to Kafka
            PARTITIONS: "24"               => PARTITIONS: "many" => Deployment/ingest-gateway: For input string: "many"

            # Hardening
            readOnlyRootFilesystem: true   => readOnlyRootFilesystem: false => Deployment/ingest-gateway: service may change its root file system
            runAsNonRoot: true             => runAsNonRoot: false => Deployment/ingest-gateway: service may be root
            type: RuntimeDefault           => type: Unconfined   => Deployment/ingest-gateway: has no seccomp profile
            pod-security.kubernetes.io/enforce: privileged => pod-security.kubernetes.io/enforce: restricted => DaemonSet/fluent-bit: volume log is of a forbidden type

            # Images, probes
            image: tributary/connect:\\S+  => image: tributary/connector:0.1.0-SNAPSHOT => Deployment/metric-sink: tributary/connector:0.1.0-SNAPSHOT is no image of ours
            image: tributary/log-indexer:\\S+ => image: tributary/log-indexer:0.0.9 => Deployment/log-indexer: tributary/log-indexer:0.0.9 is not of version
            path: /actuator/health/readiness => path: /actuator/health/ready => Deployment/ingest-gateway: probe of /actuator/health/ready, which is no health group
            containerPort: 8102            => containerPort: 8103 => Deployment/log-indexer: probe of port 8103, which is not the management port

            # Settings of services and connectors
            TRIBUTARY_OTLP_BINDADDRESS     => TRIBUTARY_OTLP_BIND_ADDRESS => Deployment/ingest-gateway: TRIBUTARY_OTLP_BIND_ADDRESS is no property of ingest-gateway
            INFLIGHT: 64MB                 => INFLIGHT: 64KB     => Deployment/log-indexer: tributary.indexer.in-flight: 65536B (expected: at least 1MB)
            STREAMS_NUM_STANDBY_REPLICAS   => STREAMS_NUM_STANDBYS => StatefulSet/alert-router: num.standbys is no setting of Kafka's
            KAFKA_MININSYNC: "2"           => KAFKA_MININSYNC: "1" => Deployment/ingest-gateway: topics have several copies, of which one may count as enough
            CLIENT_SASL_MECHANISM: SCRAM   => CLIENT_SASL_MECHANISMS: SCRAM => sasl.mechanisms is no setting of Kafka's
            topics=tributary.traces,       => topics=tributary.trace, => Deployment/trace-sink: topics: tributary.trace (expected
            store.api.key.file             => store.api.key      => Deployment/trace-sink: store.api.key is no setting of the connector
            kafka.client.sasl.mechanism    => kafka.client.sasl.method => Deployment/metric-sink: kafka.client.sasl.method: unknown
            override.max.poll.records      => override.poll.records => Deployment/metric-sink: consumer.override.poll.records is no setting of the connector
            env:METRIC_STORE_URL           => env:METRICS_URL    => Deployment/metric-sink: store.url: no variable METRICS_URL
            plugin.path=/opt/kafka/plugins => plugin.path=\\${env:PLUGINS} => Deployment/metric-sink: plugin.path: $
            consumer.sasl.mechanism        => consumer.sasl.method => Deployment/metric-sink: consumer.sasl.method is no setting of a worker
            isolation.level=read_committed => isolation.level=read_uncommitted => Deployment/metric-sink: isolation.level of the consumer: read_uncommitted

            # Agents
            exporters: \\[otlp] => exporters: [otlphttp] => DaemonSet/otel-collector: no otlphttp in exporters
            key: service.instance.id       => key: instance     => DaemonSet/otel-collector: metrics/node measures nodes without service.instance.id
            parser: container_file         => parser: container  => DaemonSet/fluent-bit: no parser container
            db: /var/lib/fluent-bit/journal.db => lines: 1       => DaemonSet/fluent-bit: systemd forgets its position
            """)
    void isFoundInProd(String match, String replacement, String problem) {
        isFound(prod, match, replacement, problem);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            type: internal                 => type: intern       => Kafka/tributary: spec.kafka.listeners.0.type
            nodeSets:                      => nodes:             => Elasticsearch/tributary: Unrecognized field "nodes"
            tributary-kafka-bootstrap:9092 => tributary-kafka:9092 => no Service at tributary-kafka:9092
            tributary-es-elastic-user      => tributary-es-user  => no Secret tributary-es-user
            version: 8.19.21               => version: 8.19.20   => Elasticsearch/tributary: version 8.19.20 is
            matchLabels:\\n\\s+strimzi.io/cluster: tributary => matchLabels:\\n          strimzi.io/cluster: other => NetworkPolicy/to-kafka: leads to no pods
            """)
    void isFoundInDev(String match, String replacement, String problem) {
        isFound(dev, match, replacement, problem);
    }

    private static void isFound(String manifests, String match, String replacement, String problem) {
        String broken = manifests.replaceFirst(match, replacement.replace("\\n", "\n"));
        assertThat(broken).as("nothing matches " + match).isNotEqualTo(manifests);
        assertThat(Check.problems(Manifests.read(broken)))
                .as("%s instead of %s", replacement, match)
                .anySatisfy(each -> assertThat(each).contains(problem));
    }
}
