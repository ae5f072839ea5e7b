package io.tributary.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));

    @Test
    void delaysDoubleUpToTheLongestWithJitterOfHalf() {
        demand(1, 100);
        demand(2, 200);
        demand(4, 800);
        demand(10, 5000);
        demand(1000, 5000);
    }

    private void demand(int failures, long most) {
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.delay(failures)).isBetween(Duration.ofMillis(most / 2), Duration.ofMillis(most));
        }
    }
}
