package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.servers.RunningProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFilesTest {

    private static final RunningProcess SELF = new RunningProcess(ProcessHandle.current());

    @TempDir
    private Path folder;

    private PidFiles pids() {
        return new PidFiles(folder.resolve("pids"));
    }

    @Test
    void findsWhatWasWritten() {
        pids().write("kafka", SELF);
        pids().write("connect", SELF);
        assertThat(pids().find("kafka")).contains(SELF);
        assertThat(pids().parts()).containsExactly("connect", "kafka");
    }

    @Test
    void anIdThatWasUsedAgainIsNotThePart() throws Exception {
        file(SELF.pid() + " " + SELF.since() + " " + (SELF.startTicks().orElseThrow() - 1));
        assertThat(pids().find("kafka")).isEmpty();
        assertThat(pids().parts()).containsExactly("kafka");
    }

    @Test
    void aPartIsFoundThoughTheClockWasSet() throws Exception {
        file(SELF.pid() + " 2020-01-01T00:00:00Z " + SELF.startTicks().orElseThrow());
        assertThat(pids().find("kafka")).map(RunningProcess::pid).contains(SELF.pid());
    }

    @Test
    void aFileWithoutTicksTellsByTheClock() throws Exception {
        file(SELF.pid() + " " + SELF.since());
        assertThat(pids().find("kafka")).contains(SELF);
        file(SELF.pid() + " 2020-01-01T00:00:00Z");
        assertThat(pids().find("kafka")).isEmpty();
    }

    private void file(String text) throws IOException {
        Files.createDirectories(folder.resolve("pids"));
        Files.writeString(folder.resolve("pids/kafka.pid"), text + "\n");
    }

    @Test
    void aPartWithoutAFileDoesNotRun() {
        assertThat(pids().find("kafka")).isEmpty();
        assertThat(pids().parts()).isEmpty();
        pids().delete("kafka");
    }

    @Test
    void aFileThatIsDamagedIsNamed() throws Exception {
        file("junk");
        assertThatThrownBy(() -> pids().find("kafka")).hasMessageContaining("kafka.pid: cannot be read");
    }
}
