package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pods hold to the restricted Pod Security Standard, except in namespaces that say they are privileged; none gets a
 * token for the cluster's API; each has its memory limited. See
 * https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
final class HardeningCheck implements Check {
    private static final String ENFORCE = "pod-security.kubernetes.io/enforce";

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests
                .all(ServiceAccount.class)
                .filter(account -> !Boolean.FALSE.equals(account.getAutomountServiceAccountToken()))
                .forEach(account -> problems.add(account, "hands out tokens"));
        manifests.workloads().forEach(workload -> {
            if (!Boolean.FALSE.equals(workload.pod().getAutomountServiceAccountToken())) {
                problems.add(workload.resource(), "gets a token");
            }
            workload.containers()
                    .filter(container -> container.getResources() == null
                            || !container.getResources().getLimits().containsKey("memory")
                            || !container.getResources().getRequests().containsKey("cpu"))
                    .forEach(container -> problems.add(
                            workload.resource(), container.getName() + " has no limit of memory or no request of CPU"));
            List<String> offences = offences(workload);
            if (!isPrivileged(workload, manifests)) {
                offences.forEach(offence -> problems.add(workload.resource(), offence));
            } else if (offences.isEmpty()) {
                problems.add(workload.resource(), "has a privileged namespace for nothing");
            }
        });
    }

    private static boolean isPrivileged(Workload workload, Manifests manifests) {
        return manifests
                .all(Namespace.class)
                .filter(each -> each.getMetadata().getName().equals(workload.namespace()))
                .anyMatch(each ->
                        "privileged".equals(each.getMetadata().getLabels().get(ENFORCE)));
    }

    private static List<String> offences(Workload workload) {
        List<String> offences = new ArrayList<>();
        PodSecurityContext pod =
                Optional.ofNullable(workload.pod().getSecurityContext()).orElseGet(PodSecurityContext::new);
        if (Boolean.TRUE.equals(workload.pod().getHostNetwork())
                || Boolean.TRUE.equals(workload.pod().getHostPID())
                || Boolean.TRUE.equals(workload.pod().getHostIPC())) {
            offences.add("shares namespaces of its node");
        }
        workload.pod().getVolumes().stream()
                .filter(volume -> !isRestricted(volume))
                .forEach(volume -> offences.add("volume " + volume.getName() + " is of a forbidden type"));
        if (pod.getSeccompProfile() == null
                || !"RuntimeDefault".equals(pod.getSeccompProfile().getType())) {
            offences.add("has no seccomp profile");
        }
        workload.containers().forEach(container -> offences(container, pod, offences));
        return offences;
    }

    private static void offences(Container container, PodSecurityContext pod, List<String> offences) {
        String name = container.getName();
        SecurityContext own =
                Optional.ofNullable(container.getSecurityContext()).orElseGet(SecurityContext::new);
        Capabilities capabilities = Optional.ofNullable(own.getCapabilities()).orElseGet(Capabilities::new);
        Long user = own.getRunAsUser() == null ? pod.getRunAsUser() : own.getRunAsUser();
        Boolean noRoot = own.getRunAsNonRoot() == null ? pod.getRunAsNonRoot() : own.getRunAsNonRoot();
        if (!Boolean.TRUE.equals(noRoot) || (user != null && user == 0)) {
            offences.add(name + " may be root");
        }
        if (Boolean.TRUE.equals(own.getPrivileged()) || !Boolean.FALSE.equals(own.getAllowPrivilegeEscalation())) {
            offences.add(name + " may gain privileges");
        }
        if (!capabilities.getDrop().contains("ALL") || !capabilities.getAdd().isEmpty()) {
            offences.add(name + " keeps capabilities");
        }
        if (container.getImage().startsWith("tributary/") && !Boolean.TRUE.equals(own.getReadOnlyRootFilesystem())) {
            offences.add(name + " may change its root file system");
        }
        if (container.getPorts().stream().anyMatch(port -> port.getHostPort() != null)) {
            offences.add(name + " takes a port of its node");
        }
    }

    private static boolean isRestricted(Volume volume) {
        return volume.getConfigMap() != null
                || volume.getEmptyDir() != null
                || volume.getSecret() != null
                || volume.getProjected() != null
                || volume.getPersistentVolumeClaim() != null;
    }
}
