package io.tributary.local.running;

import io.tributary.local.console.State;
import io.tributary.local.part.Part;
import io.tributary.servers.RunningProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * What a part is doing.
 *
 * @param process its process; empty if it is down
 */
public record PartStatus(Part part, State state, Optional<RunningProcess> process) {

    /** Asks all parts at once; in their order. */
    public static List<PartStatus> of(List<Part> parts, PidFiles pids) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions = new ArrayList<Callable<PartStatus>>();
            parts.forEach(part -> questions.add(() -> of(part, pids)));
            var statuses = new ArrayList<PartStatus>();
            for (var answer : threads.invokeAll(questions)) {
                statuses.add(answer.get());
            }
            return statuses;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
    }

    private static PartStatus of(Part part, PidFiles pids) throws InterruptedException {
        Optional<RunningProcess> process = pids.find(part.name());
        if (process.isEmpty()) {
            return new PartStatus(part, State.DOWN, process);
        }
        return new PartStatus(part, part.server().probe().isUp() ? State.UP : State.NOT_READY, process);
    }
}
