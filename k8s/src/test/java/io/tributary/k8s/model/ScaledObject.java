package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBehavior;
import java.util.List;

/** What KEDA scales, and by what: {@code keda.sh/v1alpha1}, as far as it is used here. Any other field is unknown. */
@SuppressWarnings("serial")
public final class ScaledObject extends CustomResource {
    public Spec spec;

    public record Spec(
            Target scaleTargetRef,
            int pollingInterval,
            int minReplicaCount,
            Integer maxReplicaCount,
            Advanced advanced,
            List<Trigger> triggers) {}

    public record Target(String apiVersion, String kind, String name) {}

    public record Advanced(Autoscaler horizontalPodAutoscalerConfig) {}

    public record Autoscaler(HorizontalPodAutoscalerBehavior behavior) {}

    public record Trigger(String type, KafkaLag metadata, Reference authenticationRef) {}

    /** Metadata of a trigger of type {@code kafka}. */
    public record KafkaLag(
            String bootstrapServersFromEnv,
            String consumerGroup,
            String topic,
            String lagThreshold,
            String offsetResetPolicy) {}

    public record Reference(String name) {}
}
