package io.tributary.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

    @Test
    void jsonBecomesTimeLevelMessageAndCause() {
        assertThat(LogLine.readable("""
                {"@timestamp":"2026-01-02T03:04:05Z","log":{"level":"ERROR","logger":"a.B"},\
                "message":"Application run failed","error":{"type":"x","message":"port: 0\\n(expected: 1)"}}"""))
                .isEqualTo("2026-01-02T03:04:05Z ERROR Application run failed: port: 0 (expected: 1)");
        assertThat(LogLine.readable("{\"message\":\"hello\"}")).isEqualTo("hello");
    }

    @Test
    void otherLinesStayAsTheyAre() {
        assertThat(LogLine.readable("Exception in thread main")).isEqualTo("Exception in thread main");
        assertThat(LogLine.readable("{not json")).isEqualTo("{not json");
    }

    @Test
    void longLinesAreCut() {
        assertThat(LogLine.readable("x".repeat(10_000))).hasSize(401).endsWith("x…");
    }
}
