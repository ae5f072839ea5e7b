package io.tributary.k8s.check;

import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import java.util.List;

/** Something that manifests must hold to. */
@FunctionalInterface
public interface Check {
    /** All checks. */
    List<Check> ALL = List.of(
            new ReferenceCheck(),
            new FileCheck(),
            new ServiceCheck(),
            new NetworkCheck(),
            new ScalingCheck(),
            new HardeningCheck(),
            new ImageCheck(),
            new ProbeCheck(),
            new SettingsCheck(),
            new ConnectorCheck(),
            new LagCheck(),
            new AgentCheck());

    /** Notes what is wrong. */
    void of(Manifests manifests, Problems problems);

    /** Everything that is wrong with the manifests. */
    static List<String> problems(Manifests manifests) {
        Problems problems = new Problems();
        ALL.forEach(check -> check.of(manifests, problems));
        return java.util.stream.Stream.concat(manifests.problems().stream(), problems.found().stream())
                .toList();
    }
}
