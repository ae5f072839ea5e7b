package io.tributary.local.command;

import io.tributary.local.Context;
import io.tributary.local.Endpoints;
import io.tributary.local.connector.ConnectorFailedException;
import io.tributary.local.connector.Connectors;
import io.tributary.local.console.Console;
import io.tributary.local.console.State;
import io.tributary.local.part.Part;
import io.tributary.local.running.ChosenPorts;
import io.tributary.local.running.HomeLock;
import io.tributary.local.running.PidFiles;
import io.tributary.local.running.PortConflict;
import io.tributary.local.running.Startup;
import io.tributary.servers.ServerFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts every part that does not run and posts the connectors that are missing: all of them come up, or none is
 * started.
 */
@Command(name = "up", description = "Starts every part that does not run, and waits until all are up.")
public final class UpCommand implements Callable<Integer> {

    private final Context context;
    private final Console console;
    private final PidFiles pids;

    @Parameters(paramLabel = "PART", description = "Only these parts, and what they need.")
    private List<String> names = List.of();

    public UpCommand(Context context) {
        this.context = context;
        this.console = context.console();
        this.pids = new PidFiles(context.home().pids());
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        OptionalInt code = HomeLock.holding(context.home(), this::bringUp);
        if (code.isEmpty()) {
            console.error("another ./tributary up or down is at work in "
                    + context.home().folder());
        }
        return code.orElse(1);
    }

    private int bringUp() throws InterruptedException {
        ChosenPorts ports = ChosenPorts.of(context.home());
        forgetPortsIfDown(ports);
        Endpoints endpoints = context.endpoints();
        List<Part> parts = context.system().parts(names);
        List<Part> missing =
                parts.stream().filter(part -> pids.find(part.name()).isEmpty()).toList();
        List<PortConflict> conflicts = PortConflict.of(missing);
        if (!conflicts.isEmpty()) {
            conflicts.forEach(conflict -> console.error(conflict.message()));
            console.error("Nothing was started.");
            return 1;
        }
        ports.write(endpoints);
        return finish(parts, missing.isEmpty(), endpoints);
    }

    /** An earlier start may have been killed at any point, so every step is looked at, also where every part runs. */
    private int finish(List<Part> parts, boolean allRun, Endpoints endpoints) throws InterruptedException {
        long begin = System.nanoTime();
        var startup = new Startup(pids, new Progress());
        // Ctrl-C ends this process, and must not leave half a system.
        var onInterrupt = new Thread(
                () -> {
                    console.line("Stopping what was started…");
                    undo(startup);
                },
                "undo");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        boolean done = false;
        try {
            startup.run(parts);
            boolean hasConnect = parts.stream().anyMatch(part -> part.name().equals("connect"));
            int posted = hasConnect ? postConnectors(endpoints) : 0;
            done = true;
            if (allRun && posted == 0) {
                console.line("Already up: nothing to do. See ./tributary status");
                return 0;
            }
            console.line("  all up in %.1f s".formatted(since(begin).toMillis() / 1e3));
            console.lines(Summary.lines(endpoints));
            return 0;
        } catch (ServerFailedException e) {
            console.lines(FailureReport.lines(e, context.home()));
        } catch (ConnectorFailedException e) {
            console.error(e.getMessage());
            console.line("  " + context.home().log("connect") + " says more");
        } catch (IOException e) {
            console.error("connect: its REST API does not answer: " + e.getMessage());
        } finally {
            if (removed(onInterrupt) && !done) {
                undo(startup);
                if (!allRun) {
                    console.line("Everything that this start had started has been stopped.");
                }
            }
        }
        return 1;
    }

    private int postConnectors(Endpoints endpoints) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int posted = Connectors.local(context.home().root(), endpoints).post();
        if (posted > 0) {
            console.progress(posted == 1 ? "1 connector" : posted + " connectors", State.UP, since(begin));
        }
        return posted;
    }

    private void forgetPortsIfDown(ChosenPorts ports) {
        if (pids.parts().stream().noneMatch(name -> pids.find(name).isPresent())) {
            ports.delete();
        }
    }

    private void undo(Startup startup) {
        try {
            startup.undo();
            forgetPortsIfDown(ChosenPorts.of(context.home()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when the JVM is ending: then the hook does the work. */
    private static boolean removed(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private final class Progress implements Startup.Listener {

        @Override
        public void up(Part part, Duration took) {
            console.progress(part.name(), State.UP, took);
        }

        @Override
        public void failed(Part part, Duration took) {
            console.progress(part.name(), State.FAILED, took);
        }
    }
}
