package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.local.TestParts;
import io.tributary.local.part.Part;
import io.tributary.servers.RunningProcess;
import io.tributary.servers.ServerFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartupTest {

    /** Writes down what happens. */
    private static final class Story implements Startup.Listener {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void up(Part part, Duration took) {
            lines.add(part.name() + " up");
        }

        @Override
        public void failed(Part part, Duration took) {
            lines.add(part.name() + " failed");
        }
    }

    @TempDir
    private Path folder;

    private final Story story = new Story();

    private PidFiles pids() {
        return new PidFiles(folder.resolve("pids"));
    }

    @Test
    void startsAPartOnlyWhenThoseItWaitsForAreUp() throws Exception {
        var make = new TestParts(folder);
        var startup = new Startup(pids(), story);
        try {
            startup.run(
                    List.of(make.sleeper("a"), make.sleeper("b"), make.sleeper("c", "a", "b"), make.sleeper("d", "c")));

            assertThat(story.lines).containsExactlyInAnyOrder("a up", "b up", "c up", "d up");
            assertThat(story.lines.subList(2, 4)).containsExactly("c up", "d up");
            assertThat(pids().parts()).containsExactly("a", "b", "c", "d");
            assertThat(pids().find("c"))
                    .hasValueSatisfying(process -> assertThat(process.isAlive()).isTrue());
        } finally {
            startup.undo();
        }
        assertThat(pids().parts()).isEmpty();
    }

    @Test
    void aPartThatRunsIsAwaitedAndLeftAsItIs() throws Exception {
        var make = new TestParts(folder);
        Path secondIsStarted = folder.resolve("second-is-started");
        var killed = new Startup(pids(), story);
        killed.run(List.of(make.sleeper("first")));
        RunningProcess running = pids().find("first").orElseThrow();
        try {
            var asked = new AtomicInteger();
            Part first = make.part("first", "exit 3", () -> {
                assertThat(secondIsStarted).doesNotExist();
                return asked.incrementAndGet() == 3;
            });
            Part second = make.part(
                    "second",
                    "touch " + secondIsStarted + "; exec sleep 60",
                    () -> Files.exists(secondIsStarted),
                    "first");
            var startup = new Startup(pids(), story);
            startup.run(List.of(first, second));

            assertThat(story.lines).containsExactly("first up", "second up");
            startup.undo();
            assertThat(pids().parts()).containsExactly("first");
            assertThat(pids().find("first")).contains(running);
        } finally {
            killed.undo();
        }
    }

    @Test
    void leavesNothingWhenOnePartFails() throws Exception {
        var make = new TestParts(folder);
        var startup = new Startup(pids(), story);
        Path goodIsUp = folder.resolve("good-is-up");
        Part good = make.part("good", "touch " + goodIsUp + "; exec sleep 60", () -> Files.exists(goodIsUp));
        Part bad = make.part("bad", "echo the reason; exit 3", () -> false, "good");

        assertThatThrownBy(() -> startup.run(List.of(good, bad, make.sleeper("never", "bad"))))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("bad: its process ended")
                .hasMessageContaining("the reason");
        RunningProcess left = pids().find("good").orElseThrow();
        startup.undo();

        assertThat(left.isAlive()).isFalse();
        assertThat(story.lines).containsExactly("good up", "bad failed");
        assertThat(pids().parts()).isEmpty();
    }

    @Test
    void noticesAPartThatEndsAfterItWasUp() throws Exception {
        var make = new TestParts(folder);
        var startup = new Startup(pids(), story);
        Path firstIsUp = folder.resolve("first-is-up");
        Part first = make.part("first", "while [ ! -e " + firstIsUp + " ]; do :; done", () -> {
            try {
                return Files.exists(folder.resolve("pids/first.pid"));
            } finally {
                assertThat(firstIsUp).doesNotExist();
            }
        });
        Part second = make.part(
                "second",
                "touch " + firstIsUp + "; exec sleep 60",
                () -> pids().find("first").isEmpty(),
                "first");
        assertThatThrownBy(() -> startup.run(List.of(first, second)))
                .isInstanceOf(ServerFailedException.class)
                .hasMessageContaining("first: came up, and its process ended");
        startup.undo();
        assertThat(pids().parts()).isEmpty();
    }

    @Test
    void canBeUndoneWhileItRuns() throws Exception {
        var make = new TestParts(folder);
        var startup = new Startup(pids(), story);
        var asked = new CountDownLatch(1);
        Part slow = make.part("slow", "exec sleep 60", () -> {
            asked.countDown();
            return false;
        });
        var run = Thread.ofVirtual().start(() -> {
            try {
                startup.run(List.of(make.sleeper("quick"), slow));
            } catch (InterruptedException e) {
                story.lines.add("interrupted");
            }
        });
        asked.await();
        Optional<RunningProcess> process = pids().find("slow");

        startup.undo();
        run.join();

        assertThat(process).hasValueSatisfying(one -> assertThat(one.isAlive()).isFalse());
        assertThat(pids().parts()).isEmpty();
        assertThat(story.lines).contains("interrupted").doesNotContain("slow up");
    }
}
