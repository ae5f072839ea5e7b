package io.tributary.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));

    @Test
    void pausesDoubleUpToTheLongestAndAreAtMostHalved() {
        long[] full = {100, 200, 400, 800, 1600, 3200, 5000, 5000};
        for (int failures = 1; failures <= full.length; failures++) {
            assertThat(backoff.after(failures).toMillis()).isBetween(full[failures - 1] / 2, full[failures - 1]);
        }
        assertThat(backoff.after(Integer.MAX_VALUE)).isLessThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void clientsDoNotComeBackTogether() {
        assertThat(IntStream.range(0, 50)
                        .mapToLong(i -> backoff.after(6).toMillis())
                        .distinct()
                        .count())
                .isGreaterThan(30);
    }

    @Test
    void sameSeedSamePauses() {
        Backoff other = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), new Random(7));
        assertThat(other.after(4)).isEqualTo(backoff.after(4));
    }
}
