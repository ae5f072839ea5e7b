package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process of the operating system, told by its id and its start: ids are used again, the pair is not.
 *
 * @param handle the process
 * @param since when it started; to the clock tick of the system, 10 ms
 */
public record RunningProcess(ProcessHandle handle, Instant since) {

    /** The field {@code starttime}, counted from {@code state} on. */
    private static final int START_TIME = 19;

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    public RunningProcess(ProcessHandle handle) {
        this(handle, handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** The process with that id, if it is there and started then. */
    public static Optional<RunningProcess> find(long pid, Instant since) {
        return ProcessHandle.of(pid)
                .map(RunningProcess::new)
                .filter(process -> process.since().equals(since))
                .filter(RunningProcess::isAlive);
    }

    /**
     * The process with that id, if it is there and started so many ticks after the system's boot.
     *
     * @param since when that was, by the clock as it was then
     */
    public static Optional<RunningProcess> find(long pid, Instant since, long startTicks) {
        return ProcessHandle.of(pid)
                .map(handle -> new RunningProcess(handle, since))
                .filter(process -> process.startTicks().equals(OptionalLong.of(startTicks)))
                .filter(RunningProcess::isAlive);
    }

    /**
     * When it started, in clock ticks after the system's boot: unlike {@link #since}, which moves whenever somebody
     * sets the clock, it stays. Empty where the system does not tell.
     */
    public OptionalLong startTicks() {
        String[] fields = statFromState();
        return fields.length > START_TIME ? OptionalLong.of(Long.parseLong(fields[START_TIME])) : OptionalLong.empty();
    }

    public long pid() {
        return handle.pid();
    }

    /** Whether it runs. One that ended and that nobody has taken notice of (a zombie) does not. */
    public boolean isAlive() {
        return handle.isAlive() && !isZombie();
    }

    /** Asks the process to end, kills it when it has not within the time, and returns once it is gone. */
    public void stop(Duration grace) throws InterruptedException {
        handle.destroy();
        if (!endsWithin(grace)) {
            kill();
        }
    }

    /** Kills the process as a crash would, and returns once it is gone. */
    public void kill() throws InterruptedException {
        handle.destroyForcibly();
        if (!endsWithin(AFTER_KILL)) {
            throw new IllegalStateException(
                    "process " + pid() + ": still there " + AFTER_KILL.toSeconds() + " s after it was killed");
        }
    }

    /** Waits until the process has ended, at most that long; whether it has. */
    public boolean endsWithin(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            awaitExit(Math.min(left, LOOK_AGAIN.toNanos()));
        }
        return true;
    }

    /** In steps: the end of a process that is not this JVM's child and became a zombie is never reported. */
    private void awaitExit(long nanos) throws InterruptedException {
        try {
            handle.onExit().get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // Not yet.
        } catch (ExecutionException e) {
            throw new AssertionError("the end of a process is not a failure", e);
        }
    }

    private boolean isZombie() {
        return statFromState()[0].equals("Z");
    }

    /** What the system says of it, from its state on (proc_pid_stat(5)); one empty text where it says nothing. */
    private String[] statFromState() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"));
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[] {""};
        }
    }
}
