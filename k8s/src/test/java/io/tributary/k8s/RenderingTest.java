package io.tributary.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.k8s.check.Check;
import io.tributary.k8s.model.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay, with every set of components that goes with it, renders to manifests that have nothing wrong. */
class RenderingTest {
    private static final List<String> AGENTS = List.of("fluent-bit", "otel-collector");

    @BeforeAll
    static void tool() {
        assumeTrue(Kustomize.isInstalled(), "neither kubectl nor kustomize is installed");
    }

    record Rendering(String overlay, List<String> components) {}

    static Stream<Rendering> renderings() {
        return Stream.concat(
                subsets("consumer-lag").map(components -> new Rendering("dev", components)),
                subsets("consumer-lag-sasl").map(components -> new Rendering("prod", components)));
    }

    private static Stream<List<String>> subsets(String lag) {
        List<List<String>> subsets = new ArrayList<>(List.of(List.of()));
        for (String component : Stream.concat(Stream.of(lag), AGENTS.stream()).toList()) {
            subsets.addAll(subsets.stream()
                    .map(subset ->
                            Stream.concat(subset.stream(), Stream.of(component)).toList())
                    .toList());
        }
        return subsets.stream();
    }

    @ParameterizedTest
    @MethodSource("renderings")
    void nothingIsWrong(Rendering rendering) {
        Manifests manifests = Manifests.read(Kustomize.render(rendering.overlay(), rendering.components()));
        assertThat(manifests.resources()).hasSizeGreaterThan(40);
        assertThat(Check.problems(manifests)).isEmpty();
    }
}
