package io.tributary.local.running;

import io.tributary.local.part.Part;
import io.tributary.servers.RunningProcess;
import io.tributary.servers.ServerFailedException;
import io.tributary.servers.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One start of the system: each part as soon as those that it waits for are up, all others at the same time. It ends
 * with all of them up, or with none of them there.
 */
public final class Startup {

    /** What happens to a part. */
    public interface Listener {
        /** It was started, and is up; nothing is said of one that ran before. */
        void up(Part part, Duration took);

        /** It did not come up. */
        void failed(Part part, Duration took);
    }

    private static final Duration TO_NOTICE = Duration.ofSeconds(20);

    private final PidFiles pids;
    private final Listener listener;
    private final Map<Part, ServerProcess> started = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Startup(PidFiles pids, Listener listener) {
        this.pids = pids;
        this.listener = listener;
    }

    /**
     * Starts the parts that do not run, and waits until all are up: whoever started the others may have been killed
     * before they were.
     *
     * @param parts each after those that it waits for; a part that it waits for and that is not among them is up
     * @throws ServerFailedException if one did not come up; call {@link #undo} then
     */
    public void run(List<Part> parts) throws InterruptedException {
        var done = new ConcurrentHashMap<String, CompletableFuture<Void>>();
        for (Part part : parts) {
            CompletableFuture<?>[] before = part.after().stream()
                    .map(done::get)
                    .filter(Objects::nonNull)
                    .toArray(CompletableFuture<?>[]::new);
            done.put(part.name(), CompletableFuture.allOf(before).thenRunAsync(() -> start(part), threads));
        }
        awaitAllOrFirstFailure(List.copyOf(done.values()));
        started.forEach((part, process) -> {
            if (!process.isAlive()) {
                throw new ServerFailedException(part.server(), "came up, and its process ended");
            }
        });
    }

    /** Stops whatever this start has started. May be called from another thread, while it runs. */
    public void undo() throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(TO_NOTICE.toSeconds(), TimeUnit.SECONDS);
        List<Part> parts = List.copyOf(started.keySet());
        new Shutdown(pids).run(parts, part -> Optional.of(started.get(part).process()), (part, took) -> {});
    }

    private void start(Part part) {
        long begin = System.nanoTime();
        try {
            Optional<RunningProcess> running = pids.find(part.name());
            if (running.isPresent()) {
                ServerProcess.of(part.server(), running.get()).awaitUp(part.patience());
            } else {
                ServerProcess process = ServerProcess.start(part.server());
                started.put(part, process);
                pids.write(part.name(), process.process());
                process.awaitUp(part.patience());
                listener.up(part, since(begin));
            }
        } catch (ServerFailedException e) {
            listener.failed(part, since(begin));
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private static void awaitAllOrFirstFailure(List<CompletableFuture<Void>> all) throws InterruptedException {
        var failure = new CompletableFuture<Void>();
        all.forEach(one -> one.exceptionally(e -> {
            failure.completeExceptionally(e);
            return null;
        }));
        try {
            CompletableFuture.anyOf(failure, CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)))
                    .get();
        } catch (ExecutionException e) {
            throw cause(e);
        }
    }

    private static RuntimeException cause(Throwable failure) throws InterruptedException {
        return switch (failure) {
            case ServerFailedException e -> e;
            case ExecutionException e -> cause(e.getCause());
            case CompletionException e -> cause(e.getCause());
            case InterruptedException e -> throw e;
            case RuntimeException e -> e;
            default -> new IllegalStateException(failure);
        };
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
