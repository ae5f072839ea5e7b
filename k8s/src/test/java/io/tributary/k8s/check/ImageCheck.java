package io.tributary.k8s.check;

import io.tributary.k8s.model.Elasticsearch;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Images have a version, and are those of {@code .env} where that names them. */
final class ImageCheck implements Check {
    private static final Map<String, String> ENV = env();

    @Override
    public void of(Manifests manifests, Problems problems) {
        String own = ENV.get("TRIBUTARY_IMAGE") + "/";
        List<String> others = ENV.entrySet().stream()
                .filter(variable -> variable.getKey().endsWith("_IMAGE"))
                .map(Map.Entry::getValue)
                .filter(image -> image.contains(":"))
                .toList();
        manifests
                .workloads()
                .forEach(workload -> workload.containers().forEach(container -> {
                    String name = container.getImage().replaceFirst(":[^:/]+$", "");
                    String version =
                            container.getImage().substring(name.length()).replaceFirst(":", "");
                    if (version.isEmpty() || version.equals("latest")) {
                        problems.add(workload.resource(), container.getImage() + " has no version");
                    } else if (name.startsWith(own) && !version.equals(ENV.get("TRIBUTARY_VERSION"))) {
                        problems.add(
                                workload.resource(),
                                container.getImage() + " is not of version " + ENV.get("TRIBUTARY_VERSION"));
                    } else if (name.startsWith(own)
                            && OwnService.find(name.substring(own.length())).isEmpty()
                            && !name.equals(own + "connect")) {
                        problems.add(workload.resource(), container.getImage() + " is no image of ours");
                    }
                    others.stream()
                            .filter(image -> image.startsWith(name + ":") && !image.equals(container.getImage()))
                            .forEach(image -> problems.add(
                                    workload.resource(), container.getImage() + " is " + image + " in .env"));
                }));
        manifests
                .all(Elasticsearch.class)
                .filter(it -> !ENV.get("ELASTICSEARCH_IMAGE").endsWith(":" + it.spec.version()))
                .forEach(it -> problems.add(
                        it, "version " + it.spec.version() + " is " + ENV.get("ELASTICSEARCH_IMAGE") + " in .env"));
    }

    private static Map<String, String> env() {
        try {
            return Files.readAllLines(Path.of("../.env")).stream()
                    .filter(line -> line.matches("\\w+=.*"))
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf('=')),
                            line -> line.substring(line.indexOf('=') + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
