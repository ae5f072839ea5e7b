package io.tributary.k8s.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Rendered manifests, read strictly: an unknown kind, an unknown field or a value of the wrong type is a problem.
 *
 * @param resources those that could be read
 * @param problems why others could not
 */
public record Manifests(List<HasMetadata> resources, List<String> problems) {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.ofEntries(
            Map.entry("v1/Namespace", Namespace.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("apps/v1/DaemonSet", DaemonSet.class),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("kafka.strimzi.io/v1/Kafka", Kafka.class),
            Map.entry("kafka.strimzi.io/v1/KafkaNodePool", KafkaNodePool.class),
            Map.entry("keda.sh/v1alpha1/ScaledObject", ScaledObject.class),
            Map.entry("keda.sh/v1alpha1/TriggerAuthentication", TriggerAuthentication.class),
            Map.entry("elasticsearch.k8s.elastic.co/v1/Elasticsearch", Elasticsearch.class));

    /** The models take any field into a map; without that, a field that they do not know is an error. */
    private static final class NoOtherFields extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(Annotated any) {
            return false;
        }
    }

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .setAnnotationIntrospector(new NoOtherFields())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Reads a stream of YAML documents. */
    public static Manifests read(String yaml) {
        List<HasMetadata> resources = new ArrayList<>();
        Problems problems = new Problems();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(document -> read(document, problems).ifPresent(resources::add));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Manifests(List.copyOf(resources), problems.found());
    }

    private static Optional<HasMetadata> read(JsonNode document, Problems problems) {
        String name = document.path("kind").asText() + "/"
                + document.path("metadata").path("name").asText();
        String kind = document.path("apiVersion").asText() + "/"
                + document.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            problems.add(name, kind + " is no known kind");
            return Optional.empty();
        }
        try {
            HasMetadata resource = YAML.treeToValue(document, type);
            lost(document, YAML.valueToTree(resource), "")
                    .forEach(path -> problems.add(name, path + " is not understood"));
            return Optional.of(resource);
        } catch (JsonProcessingException e) {
            problems.add(name, e.getMessage());
            return Optional.empty();
        }
    }

    /** Paths of what was read and left out, such as a value that an enum does not have. */
    private static Stream<String> lost(JsonNode read, JsonNode understood, String path) {
        if (read.isEmpty() && read.isContainerNode()) {
            return Stream.of();
        }
        if (read.isObject()) {
            return read.properties().stream()
                    .flatMap(field ->
                            lost(field.getValue(), understood.path(field.getKey()), path + "." + field.getKey()));
        }
        if (read.isArray()) {
            return java.util.stream.IntStream.range(0, read.size())
                    .boxed()
                    .flatMap(index -> lost(read.path(index), understood.path(index), path + "." + index));
        }
        return understood.isMissingNode() || understood.isNull() ? Stream.of(path.substring(1)) : Stream.of();
    }

    /** The resources of a type. */
    public <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast);
    }

    /** The resource of that type and name. */
    public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return all(type)
                .filter(each -> each.getMetadata().getName().equals(name))
                .filter(each -> namespace.equals(each.getMetadata().getNamespace()))
                .findFirst();
    }

    /** Deployments, stateful sets and daemon sets. */
    public Stream<Workload> workloads() {
        return resources.stream().flatMap(resource -> Workload.of(resource).stream());
    }
}
