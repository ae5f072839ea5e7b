package io.tributary.local.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.servers.RunningProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
    void anIdThatWasUsedAgainIsNotThePart() {
        pids().write("kafka", new RunningProcess(ProcessHandle.current(), Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(pids().find("kafka")).isEmpty();
        assertThat(pids().parts()).containsExactly("kafka");
    }

    @Test
    void aPartWithoutAFileDoesNotRun() {
        assertThat(pids().find("kafka")).isEmpty();
        assertThat(pids().parts()).isEmpty();
        pids().delete("kafka");
    }

    @Test
    void aFileThatIsDamagedIsNamed() throws Exception {
        pids().write("kafka", SELF);
        Files.writeString(folder.resolve("pids/kafka.pid"), "junk");
        assertThatThrownBy(() -> pids().find("kafka")).hasMessageContaining("kafka.pid: cannot be read");
    }
}
