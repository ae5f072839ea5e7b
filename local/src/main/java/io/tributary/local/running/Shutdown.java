package io.tributary.local.running;

import io.tributary.local.part.Part;
import io.tributary.servers.RunningProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Stops parts: first those that nobody waits for, together; then those that they waited for. */
public record Shutdown(PidFiles pids) {

    /** Long enough for a service to commit; two waves of it, and the kill after it, are within 15 seconds. */
    private static final Duration GRACE = Duration.ofSeconds(7);

    /**
     * Returns when no process of the parts is left.
     *
     * @param process finds a part's process; empty if it does not run
     * @param stopped is told of each part that ran
     */
    public void run(
            List<Part> parts, Function<Part, Optional<RunningProcess>> process, BiConsumer<Part, Duration> stopped)
            throws InterruptedException {
        for (List<Part> wave : waves(parts)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var stops = new ArrayList<Callable<Void>>();
                for (Part part : wave) {
                    stops.add(() -> {
                        stop(part, process.apply(part), stopped);
                        return null;
                    });
                }
                for (Future<Void> stop : threads.invokeAll(stops)) {
                    stop.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause().getMessage(), e);
            }
        }
    }

    private void stop(Part part, Optional<RunningProcess> process, BiConsumer<Part, Duration> stopped)
            throws InterruptedException {
        if (process.isPresent()) {
            long begin = System.nanoTime();
            process.get().stop(GRACE);
            stopped.accept(part, Duration.ofNanos(System.nanoTime() - begin));
        }
        pids.delete(part.name());
    }

    /** Groups of parts: no part is in an earlier group than one that waits for it. */
    static List<List<Part>> waves(List<Part> parts) {
        var waves = new ArrayList<List<Part>>();
        var left = new LinkedHashSet<>(parts);
        while (!left.isEmpty()) {
            Set<String> awaited =
                    left.stream().flatMap(part -> part.after().stream()).collect(Collectors.toSet());
            List<Part> wave =
                    left.stream().filter(part -> !awaited.contains(part.name())).toList();
            if (wave.isEmpty()) {
                throw new IllegalArgumentException("parts wait for each other in a circle: " + awaited);
            }
            waves.add(wave);
            left.removeAll(wave);
        }
        return waves;
    }
}
