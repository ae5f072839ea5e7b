package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;

/**
 * A cluster of Elastic's operator: {@code elasticsearch.k8s.elastic.co/v1}, as far as it is used here. Any other field
 * is unknown.
 */
@SuppressWarnings("serial")
public final class Elasticsearch extends CustomResource {
    /** Elasticsearch's port, which the operator does not let change. */
    public static final int PORT = 9200;

    public Spec spec;

    public record Spec(String version, List<NodeSet> nodeSets) {}

    public record NodeSet(
            String name,
            int count,
            Map<String, Object> config,
            PodTemplateSpec podTemplate,
            List<PersistentVolumeClaim> volumeClaimTemplates) {}
}
