package io.tributary.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders kustomizations as users do: with {@code kubectl kustomize}, or with {@code kustomize build} where there is no
 * kubectl. Components need kustomize 3.7 or newer, which kubectl has since 1.21.
 */
final class Kustomize {
    /** The folder with bases, overlays and components. */
    static final Path HOME = Path.of("").toAbsolutePath();

    private static final Optional<List<String>> TOOL = Stream.of(
                    List.of("kubectl", "kustomize"), List.of("kustomize", "build"))
            .filter(Kustomize::takesComponents)
            .findFirst();

    private Kustomize() {}

    /** Whether a tool is there that can render. */
    static boolean isInstalled() {
        return TOOL.isPresent();
    }

    /** What an overlay renders to, with these components added as a user's own kustomization adds them. */
    static String render(String overlay, List<String> components) {
        return inFolder(folder -> {
            String up = folder.relativize(HOME).toString();
            Files.writeString(folder.resolve("kustomization.yaml"), """
                            apiVersion: kustomize.config.k8s.io/v1beta1
                            kind: Kustomization
                            resources: [%s/overlays/%s]
                            components: [%s]
                            """.formatted(
                            up,
                            overlay,
                            components.stream()
                                    .map(component -> up + "/components/" + component)
                                    .collect(Collectors.joining(", "))));
            Result result = run(TOOL.orElseThrow(), folder);
            if (result.status != 0) {
                throw new IllegalStateException(overlay + " with " + components + ": " + result.output);
            }
            return result.output;
        });
    }

    private static boolean takesComponents(List<String> tool) {
        return inFolder(folder -> {
            Files.createDirectory(folder.resolve("part"));
            Files.writeString(
                    folder.resolve("part/kustomization.yaml"),
                    "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamePrefix: a-\n");
            Files.writeString(folder.resolve("account.yaml"), """
                            {apiVersion: v1, kind: ServiceAccount, metadata: {name: any}}
                            """);
            Files.writeString(folder.resolve("kustomization.yaml"), "{resources: [account.yaml], components: [part]}");
            try {
                return run(tool, folder).status == 0;
            } catch (UncheckedIOException notInstalled) {
                return false;
            }
        });
    }

    private record Result(int status, String output) {}

    private static Result run(List<String> tool, Path folder) {
        try {
            Path errors = folder.resolve("errors");
            Process process = new ProcessBuilder(Stream.concat(tool.stream(), Stream.of(folder.toString()))
                            .toList())
                    .redirectError(errors.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            return new Result(status, status == 0 ? output : output + Files.readString(errors));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @FunctionalInterface
    private interface InFolder<T> {
        T apply(Path folder) throws IOException;
    }

    // Below the build's folder, since paths between kustomizations must be relative.
    private static <T> T inFolder(InFolder<T> work) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(HOME.resolve("target")), "kustomization");
            try {
                return work.apply(folder);
            } finally {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.sorted(java.util.Comparator.reverseOrder())
                            .map(Path::toFile)
                            .forEach(java.io.File::delete);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
