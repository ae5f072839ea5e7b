package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.local.Context;
import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.local.command.DownCommand;
import io.tributary.local.command.UpCommand;
import io.tributary.local.console.Console;
import io.tributary.local.console.State;
import io.tributary.local.part.LocalSystem;
import io.tributary.local.part.Part;
import io.tributary.local.part.Port;
import io.tributary.local.running.PidFiles;
import io.tributary.local.running.Shutdown;
import io.tributary.local.running.Startup;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import io.tributary.servers.ServerFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The system that is measured: what {@code ./tributary up} starts, with folders of its own, which begin empty. Stops it
 * when it is closed.
 */
public final class Stand implements AutoCloseable {
    /** The name of second instances, and of their folder. */
    private static final String SECOND = "second";

    private final Context context;

    private Stand(Context context) {
        this.context = context;
    }

    /** The system in this folder, on ports that nobody else uses; nothing is started yet. */
    public static Stand in(Path root, Path folder, Console console) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Home.VARIABLE, folder.toString());
        for (Port port : Port.values()) {
            environment.put(port.variable(), Integer.toString(Ports.free()));
        }
        return new Stand(new Context(Home.of(root, environment), environment, console));
    }

    /** Stops everything and deletes its data. */
    public void empty() throws IOException, InterruptedException {
        down();
        delete(context.home().folder().resolve("data"));
        delete(second().folder().resolve("data"));
    }

    /** Starts these parts and what they need; does nothing about those that run. */
    public void up(String... parts) {
        if (new CommandLine(new UpCommand(context)).execute(parts) != 0) {
            throw new IllegalStateException(
                    "the system did not come up: " + context.home().folder());
        }
    }

    /** The instance of a part that {@link #up} started. */
    public Instance instance(String part) {
        return new Instance(Instance.UNNAMED, usage(part), endpoints());
    }

    /** Starts the first instance of a part with these settings beside its own. Returns when it is up. */
    public Instance firstInstance(String name, Map<String, String> settings) throws InterruptedException {
        return start(context.home(), endpoints(), name, Instance.UNNAMED, settings);
    }

    /** {@link #secondInstance(String, Map)} without further settings. */
    public Instance secondInstance(String name) throws InterruptedException {
        return secondInstance(name, Map.of());
    }

    /**
     * Starts one more instance of a part that runs: the same program with the same settings, but with a name, ports and
     * folders of its own. Returns when it is up.
     *
     * @param settings those that the first one was given
     */
    public Instance secondInstance(String name, Map<String, String> settings) throws InterruptedException {
        Map<Port, Integer> ports = new EnumMap<>(endpoints().ports());
        Collection<Integer> own =
                part(context.home(), endpoints(), name).server().ports().values();
        ports.replaceAll((port, number) -> own.contains(number) ? Ports.free() : number);
        Map<String, String> named = new HashMap<>(settings);
        named.put("TRIBUTARY_KAFKA_INSTANCE", SECOND);
        return start(second(), new Endpoints(ports, endpoints().brokers()), name, SECOND, named);
    }

    private Instance start(Home home, Endpoints endpoints, String name, String instance, Map<String, String> settings)
            throws InterruptedException {
        Part part = part(home, endpoints, name);
        Map<String, String> environment = new HashMap<>(part.server().environment());
        environment.putAll(settings);
        Part told =
                new Part(part.server().withEnvironment(environment), part.after(), part.variables(), part.patience());
        Startup startup = new Startup(new PidFiles(home.pids()), new Shown(instance));
        try {
            startup.run(List.of(told));
        } catch (ServerFailedException e) {
            startup.undo();
            throw e;
        }
        return new Instance(instance, usage(home, name), endpoints);
    }

    /** Stops these parts, all instances of them, and nothing else. */
    public void stop(String... names) throws InterruptedException {
        for (Home home : List.of(second(), context.home())) {
            stop(home, List.of(names));
        }
    }

    /** What the part's process uses. */
    public Usage usage(String part) {
        return usage(context.home(), part);
    }

    /** Where the parts answer. */
    public Endpoints endpoints() {
        return context.endpoints();
    }

    /** What commands of the launcher work with. */
    public Context context() {
        return context;
    }

    /** The catalogue of the system's topics. */
    public Topics topics() {
        return Topics.of(Topics.DEFAULT_PREFIX, new SchemaRegistry(endpoints().registry()));
    }

    @Override
    public void close() {
        try {
            down();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void down() throws IOException, InterruptedException {
        stop(second(), new PidFiles(second().pids()).parts());
        new DownCommand(context).call();
    }

    private void stop(Home home, Collection<String> names) throws InterruptedException {
        PidFiles pids = new PidFiles(home.pids());
        List<Part> parts = new LocalSystem(home, endpoints(), context.environment())
                .parts().stream().filter(part -> names.contains(part.name())).toList();
        new Shutdown(pids).run(parts, part -> pids.find(part.name()), (part, took) -> {});
    }

    /** The folders of second instances. */
    private Home second() {
        return new Home(context.home().root(), context.home().folder().resolve(SECOND));
    }

    private Part part(Home home, Endpoints endpoints, String name) {
        return new LocalSystem(home, endpoints, context.environment())
                .parts().stream()
                        .filter(part -> part.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static Usage usage(Home home, String part) {
        return new Usage(new PidFiles(home.pids())
                .find(part)
                .orElseThrow(() -> new IllegalStateException(part + ": does not run"))
                .pid());
    }

    private final class Shown implements Startup.Listener {
        private final String suffix;

        private Shown(String instance) {
            this.suffix = instance.isEmpty() ? "" : ", " + instance;
        }

        @Override
        public void up(Part part, Duration took) {
            context.console().progress(part.name() + suffix, State.UP, took);
        }

        @Override
        public void failed(Part part, Duration took) {
            context.console().progress(part.name() + suffix, State.FAILED, took);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
