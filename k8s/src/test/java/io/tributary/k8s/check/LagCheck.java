package io.tributary.k8s.check;

import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.ScaledObject;
import io.tributary.k8s.model.Secrets;
import io.tributary.k8s.model.TriggerAuthentication;
import io.tributary.k8s.model.Workload;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A trigger by lag is about a topic of the catalogue and the consumer group of what it scales, asks the Kafka that this
 * reads, and logs in if this does.
 */
final class LagCheck implements Check {
    private static final Set<String> TOPICS =
            Topics.of(Topics.DEFAULT_PREFIX, new SchemaRegistry("mock://topics")).all().stream()
                    .map(Topic::name)
                    .collect(Collectors.toSet());

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests
                .all(ScaledObject.class)
                .forEach(scaled -> manifests
                        .workloads()
                        .filter(workload -> workload.name()
                                .equals(scaled.spec.scaleTargetRef().name()))
                        .forEach(workload -> {
                            Map<String, String> environment = Environment.of(
                                    workload.pod().getContainers().getFirst(), workload, manifests);
                            scaled.spec
                                    .triggers()
                                    .forEach(trigger ->
                                            check(scaled, trigger, workload, environment, manifests, problems));
                        }));
    }

    private static void check(
            ScaledObject scaled,
            ScaledObject.Trigger trigger,
            Workload workload,
            Map<String, String> environment,
            Manifests manifests,
            Problems problems) {
        if (!trigger.type().equals("kafka")) {
            problems.add(scaled, trigger.type() + " is no trigger by lag");
        }
        if (!TOPICS.contains(trigger.metadata().topic())) {
            problems.add(scaled, "no topic " + trigger.metadata().topic());
        }
        if (!environment.containsKey(trigger.metadata().bootstrapServersFromEnv())) {
            problems.add(scaled, "no variable " + trigger.metadata().bootstrapServersFromEnv());
        }
        String group = group(workload, manifests);
        if (!trigger.metadata().consumerGroup().equals(group)) {
            problems.add(scaled, "group " + trigger.metadata().consumerGroup() + " is not " + group);
        }
        boolean logsIn = environment.containsKey("TRIBUTARY_KAFKA_CLIENT_SASL_MECHANISM");
        if (logsIn != (trigger.authenticationRef() != null)) {
            problems.add(scaled, logsIn ? "does not log in to Kafka" : "logs in to a Kafka without a log-in");
        } else if (logsIn
                && manifests
                        .find(
                                TriggerAuthentication.class,
                                workload.namespace(),
                                trigger.authenticationRef().name())
                        .isEmpty()) {
            problems.add(
                    scaled,
                    "no TriggerAuthentication " + trigger.authenticationRef().name());
        }
    }

    // Services read as themselves, connectors as Connect calls them.
    private static String group(Workload workload, Manifests manifests) {
        return Mount.all(workload, manifests, Secrets.known(manifests))
                .flatMap(mount -> mount.files().stream())
                .flatMap(files -> files.getOrDefault("connector.properties", "").lines())
                .filter(line -> line.startsWith("name="))
                .map(line -> "connect-" + line.substring("name=".length()))
                .findFirst()
                .orElse(workload.name());
    }
}
