package io.tributary.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tributary.k8s.check.SettingsCheck;
import io.tributary.k8s.model.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages for operators say is so. */
class DocumentationTest {
    private static final Pattern VARIABLE = Pattern.compile("`(TRIBUTARY_[A-Z_]+[A-Z])(?:=[^`]*)?`");
    private static final Pattern METRIC = Pattern.compile("`(tributary_[a-z_]+?)(?:_total|_bytes|_seconds)?`");
    private static final Pattern METER = Pattern.compile("(?:builder|counter|gauge)\\(\\s*\"(tributary\\.[a-z.]+)\"");

    @Test
    void everySecretIsOneThatTheManifestsName() {
        assumeTrue(Kustomize.isInstalled(), "neither kubectl nor kustomize is installed");
        String all = Kustomize.render("prod", List.of("consumer-lag-sasl", "fluent-bit", "otel-collector"));
        assertThat(Secrets.documented())
                .isNotEmpty()
                .allSatisfy((secret, keys) -> assertThat(all)
                        .containsPattern("(secretName|name): " + secret + "\\R")
                        .contains(keys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes.md", "scaling.md"})
    void everyVariableIsAProperty(String page) throws IOException {
        Set<String> unknown = VARIABLE.matcher(
                        Files.readString(Path.of("../docs").resolve(page)))
                .results()
                .map(variable -> variable.group(1))
                .filter(variable -> !SettingsCheck.isDocumented(variable))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyMetricOfTheServicesIsDescribed() throws IOException {
        Set<String> described = METRIC.matcher(Files.readString(Path.of("../docs/architecture.md")))
                .results()
                .map(metric -> metric.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).isEqualTo(metersOfTheServices());
    }

    /** As Prometheus names them, without what it adds to a counter's name and for a unit. */
    private static Set<String> metersOfTheServices() throws IOException {
        Set<String> meters = new TreeSet<>();
        for (Path source : sources()) {
            METER.matcher(Files.readString(source))
                    .results()
                    .map(meter -> meter.group(1).replace('.', '_'))
                    .forEach(meters::add);
        }
        return meters;
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        try (var modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                Path code = module.resolve("src/main/java");
                if (Files.isDirectory(code)) {
                    try (var files = Files.walk(code)) {
                        files.filter(Files::isRegularFile).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays", "components"})
    void everyOverlayAndComponentIsDescribed(String kind) throws IOException {
        String page = Files.readString(Path.of("../docs/kubernetes.md"));
        try (var folders = Files.list(Path.of(kind))) {
            assertThat(folders.map(Path::getFileName).map(Path::toString))
                    .isNotEmpty()
                    .allSatisfy(folder -> assertThat(page).contains(folder));
        }
    }
}
