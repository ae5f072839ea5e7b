package io.tributary.k8s.model;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder that a container sees, and what is known to be in it.
 *
 * @param path where it is
 * @param files contents by name, empty for those of secrets; absent where anything may be, as in a volume for state
 * @param missing config maps, secrets and keys that are not there
 */
public record Mount(String path, Optional<Map<String, String>> files, List<String> missing) {

    /** What the containers of a workload see, with what is known of the secrets. */
    public static Stream<Mount> all(Workload workload, Manifests manifests, Map<String, Set<String>> secrets) {
        Map<String, Volume> volumes =
                workload.pod().getVolumes().stream().collect(Collectors.toMap(Volume::getName, Function.identity()));
        return workload.containers()
                .flatMap(container -> container.getVolumeMounts().stream())
                .map(mount -> new Mounting(manifests, workload.namespace(), secrets)
                        .of(mount, volumes.getOrDefault(mount.getName(), new Volume())));
    }

    private record Mounting(
            Manifests manifests,
            String namespace,
            Map<String, Set<String>> secrets,
            Map<String, String> files,
            List<String> missing) {
        Mounting(Manifests manifests, String namespace, Map<String, Set<String>> secrets) {
            this(manifests, namespace, secrets, new LinkedHashMap<>(), new ArrayList<>());
        }

        Mount of(VolumeMount mount, Volume volume) {
            boolean known = true;
            if (volume.getConfigMap() != null) {
                configMap(volume.getConfigMap().getName(), volume.getConfigMap().getItems());
            } else if (volume.getSecret() != null) {
                secret(volume.getSecret().getSecretName(), volume.getSecret().getItems());
            } else if (volume.getProjected() != null) {
                volume.getProjected().getSources().forEach(this::projected);
            } else {
                known = false;
            }
            return new Mount(mount.getMountPath(), known ? Optional.of(files) : Optional.empty(), List.copyOf(missing));
        }

        private void projected(VolumeProjection source) {
            if (source.getConfigMap() != null) {
                configMap(source.getConfigMap().getName(), source.getConfigMap().getItems());
            }
            if (source.getSecret() != null) {
                secret(source.getSecret().getName(), source.getSecret().getItems());
            }
        }

        private void configMap(String name, List<KeyToPath> items) {
            manifests
                    .find(ConfigMap.class, namespace, name)
                    .ifPresentOrElse(
                            map -> put("ConfigMap " + name, map.getData(), items),
                            () -> missing.add("no ConfigMap " + name));
        }

        private void secret(String name, List<KeyToPath> items) {
            if (!secrets.containsKey(name)) {
                missing.add("no Secret " + name);
                return;
            }
            Map<String, String> keys = new HashMap<>();
            secrets.get(name).forEach(key -> keys.put(key, ""));
            put("Secret " + name, keys, items);
        }

        private void put(String source, Map<String, String> data, List<KeyToPath> items) {
            if (items.isEmpty()) {
                files.putAll(data);
            }
            for (KeyToPath item : items) {
                if (!data.containsKey(item.getKey())) {
                    missing.add("no key " + item.getKey() + " in " + source);
                }
                files.put(item.getPath(), data.getOrDefault(item.getKey(), ""));
            }
        }
    }
}
