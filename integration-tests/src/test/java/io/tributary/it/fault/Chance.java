package io.tributary.it.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** When and in which order faults happen: at random, and again in the same way with {@code -Dtributary.seed=…}. */
final class Chance {
    private final Random random;

    Chance() {
        long seed = Long.getLong("tributary.seed", System.nanoTime());
        System.out.println("faults at random; again with -Dtributary.seed=" + seed);
        random = new Random(seed);
    }

    /** The same things in some order. */
    <T> List<T> shuffled(List<T> things) {
        var order = new ArrayList<>(things);
        Collections.shuffle(order, random);
        return order;
    }

    /** Lets a while pass, of this length at most, in which the system goes on. */
    void letPass(Duration most) {
        LockSupport.parkNanos(random.nextLong(most.toNanos()));
    }
}
