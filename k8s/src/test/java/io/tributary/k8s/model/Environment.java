package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.LinkedHashMap;
import java.util.Map;

/** The environment of a container as the manifests give it. */
public final class Environment {
    /** What stands for the value of a secret. */
    public static final String SECRET = "from a secret";

    private Environment() {}

    /** Names and values; those of fields are what the first pod would have. */
    public static Map<String, String> of(Container container, Workload workload, Manifests manifests) {
        Map<String, String> environment = new LinkedHashMap<>();
        container.getEnvFrom().stream()
                .flatMap(from ->
                        manifests
                                .find(
                                        ConfigMap.class,
                                        workload.namespace(),
                                        from.getConfigMapRef().getName())
                                .stream())
                .filter(map -> map.getData() != null)
                .forEach(map -> environment.putAll(map.getData()));
        container.getEnv().forEach(variable -> environment.put(variable.getName(), value(variable, workload)));
        return environment;
    }

    private static String value(EnvVar variable, Workload workload) {
        if (variable.getValueFrom() == null) {
            return variable.getValue() == null ? "" : variable.getValue();
        }
        if (variable.getValueFrom().getSecretKeyRef() != null) {
            return SECRET;
        }
        return switch (variable.getValueFrom().getFieldRef().getFieldPath()) {
            case "metadata.name" -> workload.name() + "-0";
            case "spec.nodeName" -> "node";
            case "status.podIP" -> "10.0.0.1";
            default ->
                throw new IllegalArgumentException(
                        "field: " + variable.getValueFrom().getFieldRef().getFieldPath());
        };
    }
}
