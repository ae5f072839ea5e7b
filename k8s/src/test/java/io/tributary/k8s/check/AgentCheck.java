package io.tributary.k8s.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.tributary.k8s.model.Address;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The agents' configurations hang together: a collector's pipelines are made of what it defines, all of which is used,
 * and what it measures of its node is told apart from other nodes; Fluent Bit's filters match tags that its inputs
 * give, and each of its inputs keeps its position.
 */
final class AgentCheck implements Check {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests.workloads().forEach(workload -> {
            file("collector.yaml", workload, manifests).ifPresent(it -> collector(it, workload, problems));
            file("fluent-bit.yaml", workload, manifests).ifPresent(it -> fluentBit(it, workload, problems));
        });
    }

    /** Where a workload's agent sends to. */
    static Stream<Address> destinations(Workload workload, Manifests manifests) {
        Stream<Address> collector = file("collector.yaml", workload, manifests).stream()
                .flatMap(it -> it.path("exporters").valueStream())
                .flatMap(exporter -> Address.in(exporter.path("endpoint").asText()).stream());
        Stream<Address> fluentBit = file("fluent-bit.yaml", workload, manifests).stream()
                .flatMap(it -> it.path("pipeline").path("outputs").valueStream())
                .map(output -> new Address(
                        output.path("host").asText(), output.path("port").asInt()));
        return Stream.concat(collector, fluentBit);
    }

    private static Optional<JsonNode> file(String name, Workload workload, Manifests manifests) {
        return Mount.all(workload, manifests, Map.of())
                .flatMap(mount -> mount.files().stream())
                .flatMap(files -> Stream.ofNullable(files.get(name)))
                .map(AgentCheck::read)
                .findFirst();
    }

    private static JsonNode read(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void collector(JsonNode config, Workload workload, Problems problems) {
        JsonNode service = config.path("service");
        for (String kind : Set.of("receivers", "processors", "exporters")) {
            parts(
                    kind,
                    config,
                    service.path("pipelines")
                            .valueStream()
                            .flatMap(it -> it.path(kind).valueStream()),
                    workload,
                    problems);
        }
        parts("extensions", config, service.path("extensions").valueStream(), workload, problems);
        service.path("pipelines").properties().forEach(pipeline -> {
            if (names(pipeline.getValue().path("receivers")).anyMatch("hostmetrics"::equals)) {
                identity(pipeline.getKey(), pipeline.getValue(), config, workload, problems);
            }
        });
    }

    /** Series have the source's name and instance as labels, and nothing else of it. */
    private static void identity(
            String pipeline, JsonNode parts, JsonNode config, Workload workload, Problems problems) {
        Set<String> set = names(parts.path("processors"))
                .flatMap(name ->
                        config.path("processors").path(name).path("attributes").valueStream())
                .map(attribute -> attribute.path("key").asText())
                .collect(Collectors.toSet());
        for (String key : List.of("service.name", "service.instance.id")) {
            if (!set.contains(key)) {
                problems.add(workload.resource(), pipeline + " measures nodes without " + key);
            }
        }
    }

    private static Stream<String> names(JsonNode list) {
        return list.valueStream().map(JsonNode::asText);
    }

    private static void parts(
            String kind, JsonNode config, Stream<JsonNode> wanted, Workload workload, Problems problems) {
        Set<String> unused = new TreeSet<>();
        config.path(kind).fieldNames().forEachRemaining(unused::add);
        Set<String> defined = Set.copyOf(unused);
        wanted.map(JsonNode::asText).distinct().forEach(name -> {
            unused.remove(name);
            if (!defined.contains(name)) {
                problems.add(workload.resource(), "no " + name + " in " + kind);
            }
        });
        unused.forEach(name -> problems.add(workload.resource(), name + " in " + kind + " is used nowhere"));
    }

    private static void fluentBit(JsonNode config, Workload workload, Problems problems) {
        Set<String> tags = new TreeSet<>();
        config.path("pipeline").path("inputs").forEach(input -> {
            tags.add(input.path("tag").asText());
            if (input.path("db").isMissingNode()) {
                problems.add(workload.resource(), input.path("name").asText() + " forgets its position");
            }
        });
        Set<String> parsers = new TreeSet<>();
        config.path("parsers").forEach(parser -> parsers.add(parser.path("name").asText()));
        config.path("pipeline").path("filters").forEach(filter -> {
            if (!tags.contains(filter.path("match").asText())) {
                problems.add(
                        workload.resource(),
                        "no input has the tag " + filter.path("match").asText());
            }
            if (filter.has("parser") && !parsers.contains(filter.path("parser").asText())) {
                problems.add(
                        workload.resource(),
                        "no parser " + filter.path("parser").asText());
            }
        });
    }
}
