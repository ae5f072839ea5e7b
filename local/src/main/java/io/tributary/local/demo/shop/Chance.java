package io.tributary.local.demo.shop;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Chance from a seed. Safe for use by many threads. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** True in this share of cases, 0 to 1. */
    boolean of(double share) {
        return random.nextDouble() < share;
    }

    /** One of them. */
    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** A whole number from 1 to the most. */
    int number(int most) {
        return 1 + random.nextInt(most);
    }

    /** Takes some time, between the least and twice the least. */
    void work(Duration least) {
        long nanos = least.toNanos();
        LockSupport.parkNanos(nanos + (long) (random.nextDouble() * nanos));
    }
}
