package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with manifests, each with the resource that it is wrong with. */
public final class Problems {
    private final List<String> found = new ArrayList<>();

    /** Notes a problem of a resource. */
    public void add(HasMetadata resource, String problem) {
        add(resource.getKind() + "/" + resource.getMetadata().getName(), problem);
    }

    /** Notes a problem. */
    public void add(String where, String problem) {
        found.add(where + ": " + problem);
    }

    /** What was noted, in order. */
    public List<String> found() {
        return List.copyOf(found);
    }
}
