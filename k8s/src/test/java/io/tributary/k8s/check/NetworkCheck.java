package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.tributary.k8s.model.Address;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Pods;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Workload;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every address in a container's settings is one that something listens at, and that the network policies let it reach;
 * and every policy is about pods and ports that there are.
 */
final class NetworkCheck implements Check {
    @Override
    public void of(Manifests manifests, Problems problems) {
        Network network = new Network(manifests);
        List<Pods> pods = Pods.all(manifests).toList();
        manifests.workloads().forEach(workload -> {
            Pods from = pods.stream()
                    .filter(each -> each.name().equals(workload.name())
                            && each.namespace().equals(workload.namespace()))
                    .findFirst()
                    .orElseThrow();
            addresses(workload, manifests)
                    .distinct()
                    .flatMap(address -> network.obstacles(from, address).stream())
                    .forEach(obstacle -> problems.add(workload.resource(), obstacle));
        });
        manifests.all(NetworkPolicy.class).forEach(policy -> policy(policy, network, pods, problems));
    }

    private static Stream<Address> addresses(Workload workload, Manifests manifests) {
        return Stream.concat(
                workload.containers()
                        .flatMap(container -> Environment.of(container, workload, manifests).values().stream())
                        .flatMap(value -> Address.in(value).stream()),
                AgentCheck.destinations(workload, manifests));
    }

    private static void policy(NetworkPolicy policy, Network network, List<Pods> pods, Problems problems) {
        List<Pods> selected =
                pods.stream().filter(each -> Network.selects(policy, each)).toList();
        if (selected.isEmpty()) {
            problems.add(policy, "selects no pods");
        }
        policy.getSpec().getIngress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .filter(port -> selected.stream()
                        .noneMatch(each -> each.port(port.getPort()).isPresent()))
                .forEach(
                        port -> problems.add(policy, "no port " + port.getPort().getValue() + " at its pods"));
        policy.getSpec()
                .getEgress()
                .forEach(rule -> rule.getTo().stream()
                        .filter(peer -> peer.getIpBlock() == null)
                        .forEach(peer -> {
                            List<Pods> peers = pods.stream()
                                    .filter(each -> network.isPeer(
                                            peer, policy.getMetadata().getNamespace(), each))
                                    .toList();
                            if (peers.isEmpty()) {
                                problems.add(policy, "leads to no pods");
                            }
                            for (NetworkPolicyPort port : rule.getPorts()) {
                                if (!peers.isEmpty()
                                        && peers.stream()
                                                .noneMatch(each -> each.port(port.getPort())
                                                        .isPresent())) {
                                    problems.add(
                                            policy,
                                            "leads to port " + port.getPort().getValue() + ", which no peer has");
                                }
                            }
                        }));
    }
}
