package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Secrets;
import io.tributary.k8s.model.Selectors;
import io.tributary.k8s.model.TriggerAuthentication;
import io.tributary.k8s.model.Workload;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a workload names is there: config maps, secrets, their keys, volumes, its service account, its own labels. */
final class ReferenceCheck implements Check {
    @Override
    public void of(Manifests manifests, Problems problems) {
        Map<String, Set<String>> secrets = Secrets.known(manifests);
        manifests.workloads().forEach(workload -> {
            account(manifests, workload, problems);
            labels(workload, problems);
            volumes(workload, problems);
            environment(manifests, workload, secrets, problems);
            Mount.all(workload, manifests, secrets)
                    .flatMap(mount -> mount.missing().stream())
                    .distinct()
                    .forEach(missing -> problems.add(workload.resource(), missing));
        });
        manifests
                .all(TriggerAuthentication.class)
                .forEach(it -> it.spec
                        .secretTargetRef()
                        .forEach(ref ->
                                secret(secrets, ref.name(), ref.key()).forEach(missing -> problems.add(it, missing))));
    }

    private static void account(Manifests manifests, Workload workload, Problems problems) {
        String name = workload.pod().getServiceAccountName();
        if (name != null
                && manifests
                        .find(ServiceAccount.class, workload.namespace(), name)
                        .isEmpty()) {
            problems.add(workload.resource(), "no ServiceAccount " + name);
        }
    }

    private static void labels(Workload workload, Problems problems) {
        if (!Selectors.matches(workload.selector(), workload.labels())) {
            problems.add(workload.resource(), "its selector does not take its own pods");
        }
        workload.pod().getTopologySpreadConstraints().stream()
                .filter(each -> !Selectors.matches(each.getLabelSelector(), workload.labels()))
                .forEach(each ->
                        problems.add(workload.resource(), "spread by " + each.getTopologyKey() + " of other pods"));
    }

    private static void volumes(Workload workload, Problems problems) {
        Set<String> volumes = Stream.concat(
                        workload.pod().getVolumes().stream().map(volume -> volume.getName()),
                        workload.claims().stream()
                                .map(claim -> claim.getMetadata().getName()))
                .collect(Collectors.toSet());
        Set<String> unused = new HashSet<>(volumes);
        workload.containers()
                .flatMap(it -> it.getVolumeMounts().stream())
                .map(VolumeMount::getName)
                .forEach(name -> {
                    unused.remove(name);
                    if (!volumes.contains(name)) {
                        problems.add(workload.resource(), "no volume " + name);
                    }
                });
        unused.forEach(name -> problems.add(workload.resource(), "volume " + name + " is mounted nowhere"));
    }

    private static void environment(
            Manifests manifests, Workload workload, Map<String, Set<String>> secrets, Problems problems) {
        workload.containers().forEach(container -> {
            container.getEnvFrom().stream()
                    .map(EnvFromSource::getConfigMapRef)
                    .filter(ref -> manifests
                            .find(ConfigMap.class, workload.namespace(), ref.getName())
                            .isEmpty())
                    .forEach(ref -> problems.add(workload.resource(), "no ConfigMap " + ref.getName()));
            container.getEnv().stream()
                    .map(EnvVar::getValueFrom)
                    .filter(from -> from != null && from.getSecretKeyRef() != null)
                    .flatMap(from -> secret(
                            secrets,
                            from.getSecretKeyRef().getName(),
                            from.getSecretKeyRef().getKey()))
                    .forEach(missing -> problems.add(workload.resource(), missing));
        });
    }

    /** What is missing, if there is no such secret or no such key in it. */
    static Stream<String> secret(Map<String, Set<String>> secrets, String name, String key) {
        if (!secrets.containsKey(name)) {
            return Stream.of("no Secret " + name);
        }
        return secrets.get(name).contains(key) ? Stream.of() : Stream.of("no key " + key + " in Secret " + name);
    }
}
