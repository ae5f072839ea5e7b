package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.tributary.k8s.model.Address;
import io.tributary.k8s.model.Elasticsearch;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Pods;
import io.tributary.k8s.model.Selectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who reaches whom, by Services and network policies. */
record Network(Manifests manifests) {

    /** Pods, and the number of one of their ports. */
    private record Destination(Pods pods, int port) {}

    /** What keeps these pods from reaching the address; nothing if they do. */
    List<String> obstacles(Pods from, Address address) {
        List<String> obstacles = new ArrayList<>();
        if (address.isOutside()) {
            if (!leaves(from, address.port())) {
                obstacles.add("no network policy lets it out to " + address);
            }
            return obstacles;
        }
        Optional<Destination> destination = destination(from.namespace(), address);
        if (destination.isEmpty()) {
            return List.of("no Service at " + address);
        }
        if (!leaves(from, destination.get())) {
            obstacles.add("no network policy lets it out to " + address);
        }
        if (!enters(from, destination.get())) {
            obstacles.add("no network policy of " + destination.get().pods().name() + " lets it in to " + address);
        }
        return obstacles;
    }

    private Optional<Destination> destination(String own, Address address) {
        String namespace = address.namespace(own);
        Optional<Service> service = manifests.find(Service.class, namespace, address.service());
        if (service.isPresent()) {
            return service.get().getSpec().getPorts().stream()
                    .filter(port -> port.getPort() == address.port())
                    .flatMap(port -> Pods.all(manifests)
                            .filter(pods -> pods.namespace().equals(namespace))
                            .filter(pods ->
                                    Selectors.matches(service.get().getSpec().getSelector(), pods.labels()))
                            .flatMap(pods -> pods.port(port.getTargetPort()).stream()
                                    .map(number -> new Destination(pods, number))))
                    .findFirst();
        }
        return Pods.all(manifests)
                .filter(pods -> pods.namespace().equals(namespace))
                .filter(pods -> operatorsService(pods).equals(Optional.of(address.service())))
                .filter(pods -> pods.ports().containsValue(address.port()))
                .map(pods -> new Destination(pods, address.port()))
                .findFirst();
    }

    // The Service that an operator makes.
    private Optional<String> operatorsService(Pods pods) {
        if (pods.labels().containsKey("strimzi.io/cluster")) {
            return manifests
                    .find(Kafka.class, pods.namespace(), pods.name())
                    .map(kafka -> pods.name() + "-kafka-bootstrap");
        }
        return manifests
                .find(Elasticsearch.class, pods.namespace(), pods.name())
                .map(cluster -> pods.name() + "-es-http");
    }

    private boolean leaves(Pods from, int port) {
        return policies(from, "Egress").isEmpty()
                || policies(from, "Egress").stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .filter(rule -> rule.getTo().isEmpty()
                                || rule.getTo().stream().anyMatch(peer -> peer.getIpBlock() != null))
                        .anyMatch(rule -> takes(rule.getPorts(), port, Map.of()));
    }

    private boolean leaves(Pods from, Destination to) {
        return policies(from, "Egress").isEmpty()
                || policies(from, "Egress").stream()
                        .flatMap(policy -> policy.getSpec().getEgress().stream())
                        .filter(rule -> rule.getTo().isEmpty()
                                || rule.getTo().stream().anyMatch(peer -> isPeer(peer, from.namespace(), to.pods())))
                        .anyMatch(rule ->
                                takes(rule.getPorts(), to.port(), to.pods().ports()));
    }

    private boolean enters(Pods from, Destination to) {
        return policies(to.pods(), "Ingress").isEmpty()
                || policies(to.pods(), "Ingress").stream()
                        .flatMap(policy -> policy.getSpec().getIngress().stream())
                        .filter(rule -> rule.getFrom().isEmpty()
                                || rule.getFrom().stream()
                                        .anyMatch(peer -> isPeer(peer, to.pods().namespace(), from)))
                        .anyMatch(rule ->
                                takes(rule.getPorts(), to.port(), to.pods().ports()));
    }

    private static boolean takes(List<NetworkPolicyPort> rules, int port, Map<String, Integer> names) {
        return rules.isEmpty()
                || rules.stream()
                        .map(NetworkPolicyPort::getPort)
                        .anyMatch(rule -> number(rule, names).equals(Optional.of(port)));
    }

    private static Optional<Integer> number(IntOrString port, Map<String, Integer> names) {
        return port.getStrVal() == null
                ? Optional.of(port.getIntVal())
                : Optional.ofNullable(names.get(port.getStrVal()));
    }

    private List<NetworkPolicy> policies(Pods pods, String direction) {
        return manifests
                .all(NetworkPolicy.class)
                .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                .filter(policy -> selects(policy, pods))
                .toList();
    }

    /** Whether the policy is about these pods. */
    static boolean selects(NetworkPolicy policy, Pods pods) {
        return policy.getMetadata().getNamespace().equals(pods.namespace())
                && Selectors.matches(policy.getSpec().getPodSelector(), pods.labels());
    }

    /** Whether a peer of a policy in that namespace takes these pods in. */
    boolean isPeer(NetworkPolicyPeer peer, String namespace, Pods pods) {
        boolean near = peer.getNamespaceSelector() == null
                ? peer.getIpBlock() == null && pods.namespace().equals(namespace)
                : Selectors.matches(peer.getNamespaceSelector(), labels(pods.namespace()));
        return near && (peer.getPodSelector() == null || Selectors.matches(peer.getPodSelector(), pods.labels()));
    }

    private Map<String, String> labels(String namespace) {
        Map<String, String> labels = new HashMap<>(Map.of("kubernetes.io/metadata.name", namespace));
        manifests
                .all(Namespace.class)
                .filter(each -> each.getMetadata().getName().equals(namespace))
                .forEach(each -> labels.putAll(each.getMetadata().getLabels()));
        return labels;
    }
}
