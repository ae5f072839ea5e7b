package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.schemas.avro.TraceSummary;
import io.tributary.traces.assembly.ClosingRule.Due;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClosingRuleTest {
    private static final ClosingRule RULE = new ClosingRule(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofHours(24),
            Duration.ofSeconds(3));

    private final TraceState withRoot = TraceState.NEW.arrived(1000, 10, true).arrived(2000, 20, false);
    private final TraceState withoutRoot = TraceState.NEW.arrived(1000, 10, false);

    @Test
    void aTraceWithRootIsLookedAtWhenQuietAndElseWaitsUntilIdle() {
        assertThat(RULE.dueAt(withRoot)).isEqualTo(4000);
        assertThat(RULE.due(withRoot)).isEqualTo(Due.CLOSE_IF_COMPLETE);
        TraceState incomplete = withRoot.foundIncomplete();
        assertThat(RULE.dueAt(incomplete)).isEqualTo(32_000);
        assertThat(RULE.due(incomplete)).isEqualTo(Due.CLOSE);
        assertThat(RULE.dueAt(incomplete.arrived(3000, 1, false))).isEqualTo(5000);
    }

    @Test
    void aTraceWithoutRootWaitsUntilIdle() {
        assertThat(RULE.dueAt(withoutRoot)).isEqualTo(31_000);
        assertThat(RULE.due(withoutRoot)).isEqualTo(Due.CLOSE);
    }

    @Test
    void aTraceThatGetsSpansForEverIsClosedAfterTheOpenLimit() {
        TraceState late = withoutRoot.arrived(299_500, 1, true);
        assertThat(RULE.dueAt(late)).isEqualTo(301_000);
        assertThat(RULE.due(late)).isEqualTo(Due.CLOSE_TOO_LONG_OPEN);
    }

    @Test
    void lateSpansWaitOnlyUntilQuiet() {
        TraceState revised = withoutRoot.emitted().arrived(60_000, 5, false);
        assertThat(revised.openedAt()).isEqualTo(60_000);
        assertThat(RULE.dueAt(revised)).isEqualTo(62_000);
        assertThat(RULE.due(revised)).isEqualTo(Due.CLOSE);
    }

    @Test
    void aClosedTraceIsRetiredAndThenForgotten() {
        TraceState closed = withRoot.emitted();
        assertThat(closed.isOpen()).isFalse();
        assertThat(RULE.dueAt(closed)).isEqualTo(602_000);
        assertThat(RULE.due(closed)).isEqualTo(Due.RETIRE);
        TraceState retired = closed.retired(new TraceSummary());
        assertThat(RULE.dueAt(retired)).isEqualTo(86_402_000);
        assertThat(RULE.due(retired)).isEqualTo(Due.FORGET);
    }

    @Test
    void everyWrongValueIsNamed() {
        Duration none = Duration.ZERO;
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new ClosingRule(second, none, none, none, none, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("idle: PT0S (expected: at least quiet: PT1S)", "partition-idle: PT0S");
        assertThatThrownBy(() -> new ClosingRule(second, second.multipliedBy(2), second, none, second, second))
                .hasMessageContainingAll("open-limit: PT1S (expected: at least idle: PT2S)", "late-spans: PT0S");
    }
}
