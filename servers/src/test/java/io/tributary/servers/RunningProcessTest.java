package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningProcessTest {

    private Process child;

    private RunningProcess start(String script) throws Exception {
        child = new ProcessBuilder(List.of("sh", "-c", script)).start();
        return new RunningProcess(child.toHandle());
    }

    @AfterEach
    void endChild() {
        child.destroyForcibly();
    }

    @Test
    void isFoundByItsIdAndStart() throws Exception {
        RunningProcess process = start("exec sleep 60");
        assertThat(RunningProcess.find(process.pid(), process.since())).contains(process);
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTakenForIt() throws Exception {
        RunningProcess process = start("exec sleep 60");
        assertThat(RunningProcess.find(process.pid(), process.since().minusMillis(10)))
                .isEmpty();
    }

    @Test
    void isNotFoundAfterItEnded() throws Exception {
        RunningProcess process = start("exit 0");
        child.waitFor();
        assertThat(RunningProcess.find(process.pid(), process.since())).isEmpty();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void endsWhenAsked() throws Exception {
        RunningProcess process = start("exec sleep 60");
        process.stop(Duration.ofSeconds(10));
        assertThat(child.waitFor()).as("terminated by SIGTERM").isEqualTo(128 + 15);
    }

    @Test
    void isKilledWhenItDoesNotListen() throws Exception {
        RunningProcess process = start("trap '' TERM; echo ready; while :; do sleep 60; done");
        assertThat(child.inputReader().readLine()).isEqualTo("ready");
        process.stop(Duration.ofMillis(200));
        await().untilAsserted(() -> assertThat(child.isAlive()).isFalse());
        assertThat(child.exitValue()).as("killed by SIGKILL").isEqualTo(128 + 9);
    }

    @Test
    void aZombieIsNotAlive() throws Exception {
        // The outer shell never looks after its child, so that it stays a zombie.
        start("sh -c 'echo $$; exec sleep 0.1' & exec sleep 60");
        long pid = Long.parseLong(child.inputReader().readLine());
        var process = new RunningProcess(ProcessHandle.of(pid).orElseThrow());
        await().untilAsserted(() -> assertThat(process.isAlive()).isFalse());
        assertThat(ProcessHandle.of(pid)).as("still in the table of processes").isPresent();
        assertThat(child.isAlive()).isTrue();
    }
}
