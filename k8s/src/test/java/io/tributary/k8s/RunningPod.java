package io.tributary.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.tributary.k8s.model.Environment;
import io.tributary.k8s.model.Manifests;
import io.tributary.k8s.model.Mount;
import io.tributary.k8s.model.Secrets;
import io.tributary.k8s.model.Workload;
import io.tributary.servers.Distributions;
import io.tributary.servers.Jvm;
import io.tributary.servers.Ports;
import io.tributary.servers.Server;
import io.tributary.servers.fixture.Fixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A pod's container as a process of this machine: the same program, the environment and the files that the manifests
 * give it, with folders below a temporary one, and ports that are free.
 */
final class RunningPod implements AutoCloseable {
    private final Fixture process;
    private final int port;
    private final Container container;

    private RunningPod(Fixture process, int port, Container container) {
        this.process = process;
        this.port = port;
        this.container = container;
    }

    /**
     * Starts it and waits until its readiness probe says that it is ready.
     *
     * @param secrets the values of secrets' keys
     * @param replaced variables that must be others here: addresses of servers above all
     */
    static RunningPod start(
            Workload workload, Manifests manifests, Map<String, String> secrets, Map<String, String> replaced) {
        Container container = workload.pod().getContainers().getFirst();
        int port = Ports.free();
        Fixture process = Fixture.start(workload.name(), home -> {
            Map<String, Path> folders = new HashMap<>();
            Mount.all(workload, manifests, Secrets.known(manifests))
                    .forEach(mount -> folders.put(mount.path(), home.resolve("mounts" + mount.path())));
            folders.put("/opt/kafka/plugins", Kustomize.HOME.resolveSibling("connectors/target/plugins"));
            Map<String, String> environment = environment(container, workload, manifests, secrets);
            environment.replaceAll((name, value) -> moved(value, folders));
            environment.replaceAll((name, value) -> value.equals("0.0.0.0") ? "127.0.0.1" : value);
            environment.putAll(replaced);
            environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
            for (String door : List.of("TRIBUTARY_OTLP_HTTPPORT", "TRIBUTARY_OTLP_GRPCPORT", "SERVER_PORT")) {
                environment.put(door, Integer.toString(Ports.free()));
            }
            if (!workload.name().equals("alert-router")) {
                environment.put("SERVER_PORT", Integer.toString(port));
            }
            lay(workload, manifests, secrets, folders, port);
            return Server.of(
                            workload.name(),
                            command(workload, container, folders),
                            home,
                            home.resolve("log"),
                            io.tributary.servers.Probe.http(port, path(container.getReadinessProbe())))
                    .withEnvironment(environment);
        });
        return new RunningPod(process, port, container);
    }

    private static Map<String, String> environment(
            Container container, Workload workload, Manifests manifests, Map<String, String> secrets) {
        Map<String, String> environment = new HashMap<>(Environment.of(container, workload, manifests));
        container.getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null
                        && variable.getValueFrom().getSecretKeyRef() != null)
                .forEach(variable -> environment.put(
                        variable.getName(),
                        secrets.get(variable.getValueFrom().getSecretKeyRef().getKey())));
        return environment;
    }

    private static void lay(
            Workload workload, Manifests manifests, Map<String, String> secrets, Map<String, Path> folders, int port) {
        Mount.all(workload, manifests, Secrets.known(manifests)).forEach(mount -> {
            try {
                Path folder = Files.createDirectories(folders.get(mount.path()));
                for (var file : mount.files().orElse(Map.of()).entrySet()) {
                    String text = file.getValue().isEmpty() ? secrets.get(file.getKey()) : file.getValue();
                    Files.writeString(
                            folder.resolve(file.getKey()),
                            moved(text, folders).replace("0.0.0.0:8083", "127.0.0.1:" + port));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    // At once, since the temporary folder may itself be below a path that is mounted.
    private static String moved(String text, Map<String, Path> folders) {
        String paths = folders.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w/])(" + paths + ")(?=/|$)", Pattern.MULTILINE)
                .matcher(text)
                .replaceAll(path -> folders.get(path.group(1)).toString());
    }

    private static List<String> command(Workload workload, Container container, Map<String, Path> folders) {
        if (container.getCommand().isEmpty()) {
            Path jar = Kustomize.HOME.resolveSibling(
                    workload.name() + "/target/" + workload.name() + "-0.1.0-SNAPSHOT-exec.jar");
            return Jvm.command(Jvm.options(Jvm.SMALL, "-Xmx128m"), "-jar", jar.toString());
        }
        Stream<String> program = container.getCommand().stream()
                .dropWhile(argument -> !argument.startsWith("org.apache.kafka"))
                .map(argument -> moved(argument, folders));
        return Jvm.command(
                Jvm.options(
                        Jvm.SMALL,
                        "-Xmx192m",
                        "-cp",
                        Distributions.of(Kustomize.HOME.getParent()).kafkaClassPath()),
                program.toArray(String[]::new));
    }

    private static String path(Probe probe) {
        return probe.getHttpGet().getPath();
    }

    /** Whether its liveness probe succeeds. */
    boolean isAlive() throws InterruptedException {
        return io.tributary.servers.Probe.http(port, path(container.getLivenessProbe()))
                .isUp();
    }

    @Override
    public void close() {
        process.close();
    }
}
