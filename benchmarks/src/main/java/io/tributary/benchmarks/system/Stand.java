package io.tributary.benchmarks.system;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.local.Context;
import io.tributary.local.Endpoints;
import io.tributary.local.Home;
import io.tributary.local.command.DownCommand;
import io.tributary.local.command.UpCommand;
import io.tributary.local.console.Console;
import io.tributary.local.part.LocalSystem;
import io.tributary.local.part.Part;
import io.tributary.local.part.Port;
import io.tributary.local.running.PidFiles;
import io.tributary.local.running.Shutdown;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import io.tributary.servers.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * The system that is measured: what {@code ./tributary up} starts, with folders of its own, which begin empty. Stops it
 * when it is closed.
 */
public final class Stand implements AutoCloseable {
    private static final long LOOK_AGAIN_MILLIS = 10;

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
        new DownCommand(context).call();
        delete(context.home().folder().resolve("data"));
    }

    /** Starts these parts and what they need; does nothing about those that run. */
    public void up(String... parts) {
        if (new CommandLine(new UpCommand(context)).execute(parts) != 0) {
            throw new IllegalStateException(
                    "the system did not come up: " + context.home().folder());
        }
    }

    /** Stops these parts, and only these. */
    public void stop(String... names) throws InterruptedException {
        PidFiles pids = new PidFiles(context.home().pids());
        List<String> wanted = List.of(names);
        List<Part> parts = new LocalSystem(context.home(), endpoints())
                .parts().stream().filter(part -> wanted.contains(part.name())).toList();
        new Shutdown(pids).run(parts, part -> pids.find(part.name()), (part, took) -> {});
    }

    /** What the part's process uses. */
    public Usage usage(String part) {
        return new Usage(new PidFiles(context.home().pids())
                .find(part)
                .orElseThrow(() -> new IllegalStateException(part + ": does not run"))
                .pid());
    }

    /** What the process of a part uses that is being started, as soon as there is one. */
    public Usage awaitUsage(String part, CompletableFuture<Void> starting) throws InterruptedException {
        PidFiles pids = new PidFiles(context.home().pids());
        while (pids.find(part).isEmpty()) {
            if (starting.isCompletedExceptionally()) {
                starting.join();
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
        }
        return usage(part);
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
    public void close() throws IOException {
        try {
            new DownCommand(context).call();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
