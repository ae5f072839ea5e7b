package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.strimzi.api.kafka.model.kafka.Kafka;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pods that are alike: those of a workload, or those that an operator makes for a custom resource.
 *
 * @param name of what makes them
 * @param ports numbers by name; a port without a name has its number for one
 */
public record Pods(String namespace, String name, Map<String, String> labels, Map<String, Integer> ports) {

    /** All pods that the manifests lead to. */
    public static Stream<Pods> all(Manifests manifests) {
        return Stream.of(
                        manifests.workloads().map(Pods::of),
                        manifests.all(Kafka.class).map(Pods::of),
                        manifests.all(Elasticsearch.class).map(Pods::of))
                .flatMap(pods -> pods);
    }

    private static Pods of(Workload workload) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        workload.containers()
                .flatMap(container -> container.getPorts().stream())
                .forEach(port -> ports.put(
                        port.getName() == null ? port.getContainerPort().toString() : port.getName(),
                        port.getContainerPort()));
        return new Pods(workload.namespace(), workload.name(), workload.labels(), ports);
    }

    private static Pods of(Kafka kafka) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        kafka.getSpec().getKafka().getListeners().forEach(each -> ports.put(each.getName(), each.getPort()));
        String name = kafka.getMetadata().getName();
        return new Pods(
                kafka.getMetadata().getNamespace(),
                name,
                Map.of("strimzi.io/cluster", name, "strimzi.io/kind", "Kafka"),
                ports);
    }

    private static Pods of(Elasticsearch cluster) {
        String name = cluster.getMetadata().getName();
        return new Pods(
                cluster.getMetadata().getNamespace(),
                name,
                Map.of("elasticsearch.k8s.elastic.co/cluster-name", name),
                Map.of("https", Elasticsearch.PORT));
    }

    /** The number of the port, if the pods have it. */
    public Optional<Integer> port(IntOrString port) {
        return port.getStrVal() != null
                ? Optional.ofNullable(ports.get(port.getStrVal()))
                : Optional.of(port.getIntVal()).filter(ports::containsValue);
    }
}
