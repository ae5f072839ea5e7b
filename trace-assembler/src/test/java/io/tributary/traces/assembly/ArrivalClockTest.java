package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArrivalClockTest {
    private final ArrivalClock clock = new ArrivalClock(Duration.ofSeconds(3));

    @Test
    void whileRecordsComeTheyAreTheTime() {
        assertThat(clock.atRecord(100, 50_000)).isEqualTo(100);
        assertThat(clock.atTick(52_999)).isEqualTo(100);
        assertThat(clock.atRecord(900_000, 53_000)).isEqualTo(900_000);
        assertThat(clock.atRecord(800_000, 53_001)).isEqualTo(900_000);
    }

    @Test
    void whenTheyStandStillTimeGoesOnWithTheWallClock() {
        clock.atRecord(100, 50_000);
        assertThat(clock.atTick(53_000)).isEqualTo(3100);
        assertThat(clock.atTick(60_000)).isEqualTo(10_100);
        assertThat(clock.atRecord(200, 60_001))
                .as("the next record's time counts again")
                .isEqualTo(200);
    }

    @Test
    void recordsThatDoNotAdvanceTimeDoNotStopIt() {
        clock.atRecord(1_000_000, 50_000);
        clock.atRecord(100, 52_000);
        assertThat(clock.atTick(54_000)).isEqualTo(1_004_000);
        assertThat(clock.atRecord(200, 54_001)).isEqualTo(1_004_000);
    }

    @Test
    void beforeTheFirstRecordThereIsNoTime() {
        clock.atRecord(-1, 50_000);
        assertThat(clock.atTick(99_000)).isNegative();
    }
}
