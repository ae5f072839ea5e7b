package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that was started, by this JVM or an earlier one: a process of its own, which this JVM may outlive or not.
 *
 * <p>Not thread-safe in its start; every other method may be called by any thread.
 */
public final class ServerProcess {

    private static final Duration BETWEEN_PROBES = Duration.ofMillis(100);
    private static final Duration INTO_BACKGROUND = Duration.ofMinutes(3);

    private final Server server;
    private final RunningProcess process;

    private ServerProcess(Server server, RunningProcess process) {
        this.server = server;
        this.process = process;
    }

    /**
     * Prepares and starts the server, and does not wait until it is up.
     *
     * @throws ServerFailedException if it cannot be started
     */
    public static ServerProcess start(Server server) throws InterruptedException {
        try {
            Files.createDirectories(server.directory());
            Files.createDirectories(server.log().toAbsolutePath().getParent());
            // Before the preparation, which may give the file to the account that the server runs as.
            Files.write(server.log(), new byte[0]);
            server.preparation().run();
            Process child = launch(server);
            return new ServerProcess(
                    server,
                    new RunningProcess(
                            server.pidFile().isPresent()
                                    ? background(server, child, server.pidFile().orElseThrow())
                                    : child.toHandle()));
        } catch (IOException e) {
            throw new ServerFailedException(server, "cannot be started: " + e.getMessage(), e);
        }
    }

    /** A server that runs already, in this process of the operating system. */
    public static ServerProcess of(Server server, RunningProcess process) {
        return new ServerProcess(server, process);
    }

    private static Process launch(Server server) throws IOException {
        var builder = new ProcessBuilder(Sessions.own(server.command()))
                .directory(server.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(server.log().toFile()));
        // Fewer pools for native memory: several hundred megabytes less over all servers.
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(server.environment());
        return builder.start();
    }

    /** Waits until the command has gone and left a server with its process id in the file. */
    private static ProcessHandle background(Server server, Process command, Path pidFile)
            throws IOException, InterruptedException {
        try {
            if (!command.waitFor(INTO_BACKGROUND.toSeconds(), TimeUnit.SECONDS)) {
                throw new ServerFailedException(
                        server, "did not start within " + INTO_BACKGROUND.toSeconds() + " s", null);
            }
        } finally {
            command.descendants().forEach(child -> {
                if (command.isAlive()) {
                    child.destroyForcibly();
                }
            });
            command.destroyForcibly();
        }
        if (command.exitValue() != 0) {
            throw new ServerFailedException(server, "ended with exit code " + command.exitValue(), null);
        }
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        return ProcessHandle.of(pid)
                .orElseThrow(() -> new ServerFailedException(server, "ended right after its start", null));
    }

    public Server server() {
        return server;
    }

    /** The operating system's process, which can be found again by another JVM. */
    public RunningProcess process() {
        return process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until the server's probe says that it is up.
     *
     * @throws ServerFailedException if the process ends or the time is over; the process is left as it is
     */
    public void awaitUp(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!server.probe().isUp()) {
            if (System.nanoTime() - deadline > 0) {
                String answer = server.probe().answer();
                String why = answer.isEmpty() ? "" : ": " + answer;
                throw new ServerFailedException(server, "not up after " + limit.toSeconds() + " s" + why, null);
            }
            if (process.endsWithin(BETWEEN_PROBES)) {
                throw new ServerFailedException(server, "its process ended", null);
            }
        }
        if (!process.isAlive()) {
            throw new ServerFailedException(server, "its process ended, and something else answers in its place", null);
        }
    }

    /** Asks the server to stop, kills it when it has not within the time, and returns once it is gone. */
    public void stop(Duration grace) throws InterruptedException {
        process.stop(grace);
    }

    /** The last lines of the server's log, oldest first. */
    public List<String> logTail(int lines) {
        return new ArrayList<>(LogFile.tail(server.log(), lines));
    }
}
