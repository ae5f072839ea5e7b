package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Pods;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Selectors;
import java.util.List;
import java.util.Optional;

/**
 * Services have pods behind them, and each port of theirs is a port of those; stateful sets have the Service they name.
 */
final class ServiceCheck implements Check {
    @Override
    public void of(Manifests manifests, Problems problems) {
        List<Pods> pods = Pods.all(manifests).toList();
        manifests.all(Service.class).forEach(service -> {
            List<Pods> behind = pods.stream()
                    .filter(each ->
                            each.namespace().equals(service.getMetadata().getNamespace()))
                    .filter(each -> Selectors.matches(service.getSpec().getSelector(), each.labels()))
                    .toList();
            if (behind.isEmpty()) {
                problems.add(service, "selects no pods");
            }
            for (Pods each : behind) {
                service.getSpec().getPorts().stream()
                        .filter(port -> each.port(port.getTargetPort()).isEmpty())
                        .forEach(port -> problems.add(
                                service,
                                each.name() + " has no port "
                                        + port.getTargetPort().getValue()));
            }
        });
        manifests.all(StatefulSet.class).forEach(set -> {
            Optional<Service> service = manifests.find(
                    Service.class,
                    set.getMetadata().getNamespace(),
                    set.getSpec().getServiceName());
            if (service.isEmpty()) {
                problems.add(set, "no Service " + set.getSpec().getServiceName());
            }
        });
    }
}
