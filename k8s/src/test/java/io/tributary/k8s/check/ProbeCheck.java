package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Workload;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertySourcesPropertyResolver;

/**
 * Every container is probed for its start, its life and its readiness, at ports that it has; and what our services are
 * asked for is a health group that they have, at the port that they have it at.
 */
final class ProbeCheck implements Check {
    private static final Pattern GROUP = Pattern.compile("/actuator/health/(\\w+)");
    private static final List<String> CONNECT = List.of("/health");

    @Override
    public void of(Manifests manifests, Problems problems) {
        manifests
                .workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    Map<String, Probe> probes = new LinkedHashMap<>();
                    probes.put("startup", container.getStartupProbe());
                    probes.put("liveness", container.getLivenessProbe());
                    probes.put("readiness", container.getReadinessProbe());
                    probes.forEach((name, probe) -> {
                        if (probe == null || probe.getHttpGet() == null) {
                            problems.add(workload.resource(), container.getName() + " has no " + name + " probe");
                        } else {
                            probe(workload, container, probe, problems);
                        }
                    });
                }));
    }

    private static void probe(Workload workload, Container container, Probe probe, Problems problems) {
        Optional<Integer> port = port(container, probe.getHttpGet().getPort());
        String path = probe.getHttpGet().getPath();
        if (port.isEmpty()) {
            problems.add(
                    workload.resource(),
                    "probe of port " + probe.getHttpGet().getPort().getValue() + ", which it does not have");
            return;
        }
        OwnService.ofImage(container.getImage()).ifPresent(service -> {
            PropertySourcesPropertyResolver defaults = service.defaults();
            Matcher group = GROUP.matcher(path);
            if (!group.matches()
                    || defaults.getProperty("management.endpoint.health.group." + group.group(1) + ".include")
                            == null) {
                problems.add(workload.resource(), "probe of " + path + ", which is no health group");
            }
            if (!port.get().equals(defaults.getProperty("management.server.port", Integer.class))) {
                problems.add(workload.resource(), "probe of port " + port.get() + ", which is not the management port");
            }
        });
        if (container.getImage().startsWith("tributary/connect:") && !CONNECT.contains(path)) {
            problems.add(workload.resource(), "probe of " + path + ", which a Connect worker does not have");
        }
    }

    private static Optional<Integer> port(Container container, IntOrString port) {
        return container.getPorts().stream()
                .filter(each -> each.getContainerPort().equals(port.getIntVal())
                        || (port.getStrVal() != null && port.getStrVal().equals(each.getName())))
                .map(ContainerPort::getContainerPort)
                .findFirst();
    }
}
