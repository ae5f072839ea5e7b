package io.tributary.metrics.stream;

import static io.tributary.metrics.MetricPoints.counter;
import static io.tributary.metrics.MetricPoints.delta;
import static io.tributary.metrics.MetricPoints.exponential;
import static io.tributary.metrics.MetricPoints.gauge;
import static io.tributary.metrics.MetricPoints.histogram;
import static io.tributary.metrics.MetricPoints.summary;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.RollupPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class ArrivalOrderTest {
    private static final RollupSettings HELD = settings(1 << 20);
    /** Enough for one of several open slices, or some of it. */
    private static final RollupSettings HARDLY_HELD = settings(4 << 10);

    private static final RollupSettings STORED = settings(0);

    private static RollupSettings settings(long heldBytes) {
        return Bench.settings(heldBytes, Duration.ofSeconds(20), Duration.ofMinutes(1));
    }

    private static final int GRACE_SECONDS = 30;

    @Property(tries = 15, shrinking = ShrinkingMode.OFF)
    void anyOrderWithinTheGraceAndAnyRepetitionGivesTheSameRollups(@ForAll long seed) {
        Random random = new Random(seed);
        List<MetricPoint> points = points(random);
        List<MetricPoint> delayed = delayed(points, random);
        for (int i = 0; i < 10; i++) {
            int at = random.nextInt(delayed.size());
            // Right after the first time, so that the repetition is within the grace, too.
            delayed.add(at + 1, delayed.get(at));
        }
        Map<Bench.Slot, RollupPoint> inOrder = rollups(HELD, points, random, false);
        assertThat(inOrder).hasSizeGreaterThan(60);
        assertThat(rollups(HELD, delayed, random, true)).isEqualTo(inOrder);
        assertThat(rollups(HARDLY_HELD, delayed, random, true)).isEqualTo(inOrder);
        assertThat(rollups(STORED, delayed, random, false)).isEqualTo(inOrder);
    }

    /** What a reader has in the end; with pauses between the points there are previews on the way. */
    private static Map<Bench.Slot, RollupPoint> rollups(
            RollupSettings settings, List<MetricPoint> points, Random random, boolean pauses) {
        try (Bench bench = new Bench(settings)) {
            for (MetricPoint point : points) {
                bench.send(point);
                if (pauses && random.nextInt(20) == 0) {
                    bench.pass(Duration.ofSeconds(random.nextInt(120)));
                }
            }
            bench.send(gauge("tick", 100_000, 0));
            assertThat(bench.outcomes()).doesNotContainKeys("dropped:late", "dropped:conflict");
            return bench.latest();
        }
    }

    /** The points as they arrive when each is delayed by up to the grace. */
    private static List<MetricPoint> delayed(List<MetricPoint> points, Random random) {
        record Arrival(double second, MetricPoint point) {}
        List<Arrival> arrivals = new ArrayList<>();
        for (MetricPoint point : points) {
            arrivals.add(new Arrival(point.getTimeUnixNano() / 1e9 + random.nextDouble() * (GRACE_SECONDS - 1), point));
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::second));
        List<MetricPoint> delayed = new ArrayList<>();
        arrivals.forEach(arrival -> delayed.add(arrival.point()));
        return delayed;
    }

    private static List<MetricPoint> points(Random random) {
        List<MetricPoint> points = new ArrayList<>();
        double start = 0;
        double counted = 0;
        List<Long> buckets = new ArrayList<>(Collections.nCopies(3, 0L));
        for (int i = 0; i < 40; i++) {
            double time = 5 + i * 5 + random.nextDouble();
            if (random.nextInt(6) == 0) {
                start = random.nextBoolean() ? time - 0.5 : start;
                counted = 0;
                Collections.fill(buckets, 0L);
            }
            counted += random.nextInt(20);
            int bucket = random.nextInt(3);
            buckets.set(bucket, buckets.get(bucket) + 1 + random.nextInt(5));
            points.add(gauge("gauge", time, random.nextInt(100)));
            points.add(counter("counter", start, time, counted));
            points.add(counter("counter.without.start", Double.NaN, time, counted));
            points.add(delta(counter("delta", time - 5, time, random.nextInt(9))));
            points.add(histogram("histogram", start, time, List.of(1.0, 5.0), List.copyOf(buckets)));
            points.add(exponential("exponential", start, time, 2 - i % 3, -3, List.copyOf(buckets)));
            points.add(summary("summary", start, time, (long) counted, 3.0 * counted, i));
        }
        return points;
    }
}
