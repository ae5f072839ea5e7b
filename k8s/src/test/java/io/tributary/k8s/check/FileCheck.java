package io.tributary.k8s.check;

import io.fabric8.kubernetes.api.model.Container;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Problems;
import io.tributary.k8s.model.Secrets;
import io.tributary.k8s.model.Workload;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A path in a container's settings, arguments or files is one that something is mounted at, or of its image. */
final class FileCheck implements Check {
    /** Where images of ours and of others keep what is theirs. */
    private static final List<String> OF_IMAGES = List.of("/opt/", "/fluent-bit/");

    @Override
    public void of(Manifests manifests, Problems problems) {
        Map<String, Set<String>> secrets = Secrets.known(manifests);
        manifests.workloads().forEach(workload -> {
            List<Mount> mounts = Mount.all(workload, manifests, secrets).toList();
            workload.containers()
                    .flatMap(container -> paths(container, workload, manifests, mounts))
                    .distinct()
                    .filter(path -> OF_IMAGES.stream().noneMatch(path::startsWith))
                    .filter(path -> mounts.stream().noneMatch(mount -> has(mount, Path.of(path))))
                    .forEach(path -> problems.add(workload.resource(), "nothing is mounted at " + path));
        });
    }

    private static Stream<String> paths(
            Container container, Workload workload, Manifests manifests, List<Mount> mounts) {
        Stream<String> environment = Environment.of(container, workload, manifests).values().stream();
        Stream<String> arguments = Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .map(argument -> argument.substring(argument.indexOf('=') + 1));
        // Of a file, the values of "name=value" and of "name: value".
        Stream<String> lines = mounts.stream()
                .flatMap(mount -> mount.files().stream())
                .flatMap(files -> files.values().stream())
                .flatMap(String::lines)
                .filter(line -> !line.strip().startsWith("#"))
                .map(line -> line.replaceFirst("^[^=:]*[=:] ?", ""));
        return Stream.of(environment, arguments, lines)
                .flatMap(values -> values)
                .filter(value -> value.matches("/[\\w.-]+/[\\w./*-]+"))
                .filter(value -> !value.matches("/(v1|api|actuator)/.*"));
    }

    private static boolean has(Mount mount, Path path) {
        Path folder = Path.of(mount.path());
        if (!path.startsWith(folder)) {
            return false;
        }
        if (mount.files().isEmpty() || path.equals(folder)) {
            return true;
        }
        PathMatcher wanted = FileSystems.getDefault()
                .getPathMatcher("glob:" + folder.relativize(path).getName(0));
        return mount.files().get().keySet().stream().map(Path::of).anyMatch(wanted::matches);
    }
}
