package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    private Path folder;

    @Test
    void givesTheLastLinesOldestFirst() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "one\ntwo\nthree\n");
        assertThat(LogFile.tail(log, 2)).containsExactly("two", "three");
        assertThat(LogFile.tail(log, 9)).containsExactly("one", "two", "three");
    }

    @Test
    void readsOnlyTheEndOfAHugeLog() throws Exception {
        Path log = Files.writeString(folder.resolve("a.log"), "x".repeat(1_000_000) + "\nlast\n");
        assertThat(LogFile.tail(log, 5)).hasSize(2).last().isEqualTo("last");
        assertThat(LogFile.tail(log, 5).getFirst()).hasSizeLessThan(65_536);
    }

    @Test
    void aMissingLogHasNoLines() {
        assertThat(LogFile.tail(folder.resolve("none"), 5)).isEmpty();
    }
}
