package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whatever makes pods.
 *
 * @param resource the deployment, stateful set or daemon set
 * @param selector of its pods
 * @param template of its pods
 * @param replicas as given; absent where an autoscaler decides, or where there is one a node
 * @param claims volumes that each pod has for itself
 */
public record Workload(
        HasMetadata resource,
        LabelSelector selector,
        PodTemplateSpec template,
        Optional<Integer> replicas,
        List<PersistentVolumeClaim> claims) {

    static Optional<Workload> of(HasMetadata resource) {
        return Optional.ofNullable(
                switch (resource) {
                    case Deployment it ->
                        new Workload(
                                it,
                                it.getSpec().getSelector(),
                                it.getSpec().getTemplate(),
                                Optional.ofNullable(it.getSpec().getReplicas()),
                                List.of());
                    case StatefulSet it ->
                        new Workload(
                                it,
                                it.getSpec().getSelector(),
                                it.getSpec().getTemplate(),
                                Optional.ofNullable(it.getSpec().getReplicas()),
                                it.getSpec().getVolumeClaimTemplates());
                    case DaemonSet it ->
                        new Workload(
                                it,
                                it.getSpec().getSelector(),
                                it.getSpec().getTemplate(),
                                Optional.empty(),
                                List.of());
                    default -> null;
                });
    }

    /** Its name. */
    public String name() {
        return resource.getMetadata().getName();
    }

    /** Where it is. */
    public String namespace() {
        return resource.getMetadata().getNamespace();
    }

    /** Its pods. */
    public PodSpec pod() {
        return template.getSpec();
    }

    /** Its pods' labels. */
    public Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    /** All containers of a pod, those that run first included. */
    public Stream<Container> containers() {
        return Stream.concat(pod().getContainers().stream(), pod().getInitContainers().stream());
    }
}
