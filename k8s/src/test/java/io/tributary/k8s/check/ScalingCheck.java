package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.ScaledObject;
import io.tributary.k8s.model.Selectors;
import io.tributary.k8s.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Each autoscaler has a workload, which has no other and no number of replicas of its own; none goes beyond the
 * partitions that there are to share; and what has several pods has a disruption budget.
 */
final class ScalingCheck implements Check {
    private static final String PARTITIONS = "TRIBUTARY_KAFKA_PARTITIONS";

    /** The most pods; absent where KEDA stops at the partitions by itself. */
    private record Autoscaler(HasMetadata resource, String kind, String name, int min, Optional<Integer> max) {}

    @Override
    public void of(Manifests manifests, Problems problems) {
        List<Autoscaler> autoscalers = autoscalers(manifests);
        autoscalers.stream()
                .filter(each -> manifests.workloads().noneMatch(workload -> isFor(each, workload)))
                .forEach(each -> problems.add(each.resource, "no " + each.kind + " " + each.name));
        manifests.workloads().forEach(workload -> {
            List<Autoscaler> own =
                    autoscalers.stream().filter(each -> isFor(each, workload)).toList();
            if (own.size() > 1) {
                problems.add(workload.resource(), own.size() + " autoscalers");
            }
            if (!own.isEmpty() && workload.replicas().isPresent()) {
                problems.add(workload.resource(), "replicas beside an autoscaler");
            }
            own.forEach(each -> bounds(each, workload, manifests, problems));
            if (!own.isEmpty() && budgets(workload, manifests) != 1) {
                problems.add(workload.resource(), budgets(workload, manifests) + " disruption budgets");
            }
        });
        manifests
                .all(PodDisruptionBudget.class)
                .filter(budget -> manifests.workloads().noneMatch(workload -> isFor(budget, workload)))
                .forEach(budget -> problems.add(budget, "selects no pods"));
    }

    private static void bounds(Autoscaler autoscaler, Workload workload, Manifests manifests, Problems problems) {
        // The gateway reads nothing; of what reads, more members than partitions would be idle.
        Map<String, String> environment =
                Environment.of(workload.pod().getContainers().getFirst(), workload, manifests);
        if (!environment.getOrDefault(PARTITIONS, "").matches("\\d{1,4}")) {
            problems.add(workload.resource(), PARTITIONS + ": " + environment.get(PARTITIONS));
            return;
        }
        int partitions = Integer.parseInt(environment.get(PARTITIONS));
        int max = autoscaler.max.orElse(partitions);
        if (autoscaler.min > max) {
            problems.add(autoscaler.resource, "at least " + autoscaler.min + ", at most " + max);
        }
        if (!workload.name().equals("ingest-gateway") && max > partitions) {
            problems.add(autoscaler.resource, "up to " + max + " for " + partitions + " partitions");
        }
    }

    private static List<Autoscaler> autoscalers(Manifests manifests) {
        return Stream.concat(
                        manifests
                                .all(HorizontalPodAutoscaler.class)
                                .map(it -> new Autoscaler(
                                        it,
                                        it.getSpec().getScaleTargetRef().getKind(),
                                        it.getSpec().getScaleTargetRef().getName(),
                                        it.getSpec().getMinReplicas(),
                                        Optional.of(it.getSpec().getMaxReplicas()))),
                        manifests
                                .all(ScaledObject.class)
                                .map(it -> new Autoscaler(
                                        it,
                                        it.spec.scaleTargetRef().kind(),
                                        it.spec.scaleTargetRef().name(),
                                        it.spec.minReplicaCount(),
                                        Optional.ofNullable(it.spec.maxReplicaCount()))))
                .toList();
    }

    private static boolean isFor(Autoscaler autoscaler, Workload workload) {
        return autoscaler.kind.equals(workload.resource().getKind())
                && autoscaler.name.equals(workload.name())
                && autoscaler.resource.getMetadata().getNamespace().equals(workload.namespace());
    }

    private static long budgets(Workload workload, Manifests manifests) {
        return manifests
                .all(PodDisruptionBudget.class)
                .filter(budget -> isFor(budget, workload))
                .count();
    }

    private static boolean isFor(PodDisruptionBudget budget, Workload workload) {
        return budget.getMetadata().getNamespace().equals(workload.namespace())
                && Selectors.matches(budget.getSpec().getSelector(), workload.labels());
    }
}
