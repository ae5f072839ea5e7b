package io.tributary.gateway.prometheus;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of resources and scopes becomes Prometheus labels. OpenTelemetry: compatibility/prometheus_and_openmetrics.md.
 */
public final class Labels {
    /** Label with the namespace and name of the service. */
    public static final String JOB = "job";
    /** Label with the id of the service's instance. */
    public static final String INSTANCE = "instance";

    private static final String NAMESPACE_ATTRIBUTE = "service.namespace";
    private static final String NAME_ATTRIBUTE = "service.name";
    private static final String INSTANCE_ATTRIBUTE = "service.instance.id";
    private static final Set<String> IDENTIFYING = Set.of(NAMESPACE_ATTRIBUTE, NAME_ATTRIBUTE, INSTANCE_ATTRIBUTE);

    private static final String SCOPE_PREFIX = "otel_scope_";
    private static final Set<String> OF_SCOPE = Set.of("name", "version", "schema_url");

    private Labels() {}

    /** The labels job and instance of the resource, as far as it tells them. */
    public static Map<String, String> identity(Resource resource) {
        String namespace = text(resource, NAMESPACE_ATTRIBUTE);
        String name = text(resource, NAME_ATTRIBUTE);
        Map<String, String> labels = HashMap.newHashMap(2);
        put(labels, JOB, namespace.isEmpty() || name.isEmpty() ? name : namespace + '/' + name);
        put(labels, INSTANCE, text(resource, INSTANCE_ATTRIBUTE));
        return labels;
    }

    /** These labels, and those of the scope: name, version, schema URL and attributes, each after otel_scope_. */
    public static Map<String, String> withScope(
            Map<String, String> labels, InstrumentationScope scope, String schemaUrl) {
        Map<String, String> all = new HashMap<>(labels);
        new Labelling(Map.of()).of(scope.getAttributesList()).forEach((name, value) -> {
            if (!OF_SCOPE.contains(name)) {
                put(all, SCOPE_PREFIX + name, value);
            }
        });
        put(all, SCOPE_PREFIX + "name", scope.getName());
        put(all, SCOPE_PREFIX + "version", scope.getVersion());
        put(all, SCOPE_PREFIX + "schema_url", schemaUrl);
        return all;
    }

    /** The attributes of the resource that its identity does not hold. */
    public static List<KeyValue> descriptive(Resource resource) {
        return resource.getAttributesList().stream()
                .filter(attribute -> !IDENTIFYING.contains(attribute.getKey()))
                .toList();
    }

    private static String text(Resource resource, String key) {
        for (KeyValue attribute : resource.getAttributesList()) {
            if (attribute.getKey().equals(key)) {
                return AttributeText.of(attribute.getValue());
            }
        }
        return "";
    }

    private static void put(Map<String, String> labels, String name, String value) {
        if (!value.isEmpty()) {
            labels.put(name, value);
        }
    }
}
