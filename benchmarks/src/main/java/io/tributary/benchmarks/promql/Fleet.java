package io.tributary.benchmarks.promql;

import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.memory.MemoryStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * The metrics of a fleet of services, the same each time: for each ten series, five counters of requests, four buckets
 * of latencies and one gauge, and one series in a hundred that says what version an instance runs.
 *
 * @param series how many in all; a multiple of 1,000
 * @param start of the first sample, in milliseconds since the epoch
 * @param samples of each series
 * @param interval between samples, in milliseconds
 */
public record Fleet(int series, long start, int samples, long interval) {

    /** 100,000 series, two hours, a sample each 15 s: 48 million samples, of the first of January 2026. */
    public static final Fleet STANDARD = ofSeries(100_000);

    private static final List<String> BOUNDS =
            List.of("0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1", "2.5", "+Inf");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD");

    /** A hundred series: one instance. */
    private static final int OF_AN_INSTANCE = 100;

    /** Two hours, a sample each 15 s. */
    public static Fleet ofSeries(int series) {
        return new Fleet(series, 1_767_225_600_000L, 480, 15_000);
    }

    /** One series: its labels, and what it does. */
    public record Member(Labels labels, Shape shape, int seed) {}

    /** What a series does over time. */
    public enum Shape {
        /** Rises, and begins anew now and then. */
        COUNTER,
        /** As a counter, together with the other buckets of its histogram, and the faster the higher its bound. */
        BUCKET,
        /** Goes up and down. */
        GAUGE,
        /** Is 1. */
        CONSTANT
    }

    /** The end: the time of the last sample. */
    public long end() {
        return start + (samples - 1) * interval;
    }

    /** Each series of a metric, metric by metric. */
    public void forEach(Consumer<Member> action) {
        int instances = series / OF_AN_INSTANCE;
        for (int instance = 0; instance < instances; instance++) {
            for (int i = 0; i < 50; i++) {
                action.accept(new Member(
                        labels(
                                instance,
                                "http_requests_total",
                                "method",
                                METHODS.get(i % 5),
                                "status",
                                "" + (200 + i / 5)),
                        Shape.COUNTER,
                        instance * OF_AN_INSTANCE + i));
            }
        }
        for (int instance = 0; instance < instances; instance++) {
            for (int i = 0; i < 40; i++) {
                action.accept(new Member(
                        labels(
                                instance,
                                "http_duration_seconds_bucket",
                                "path",
                                "/" + i / 10,
                                "le",
                                BOUNDS.get(i % 10)),
                        Shape.BUCKET,
                        instance * 16 + i % 10));
            }
        }
        for (int instance = 0; instance < instances; instance++) {
            for (int i = 0; i < 9; i++) {
                action.accept(new Member(
                        labels(instance, "memory_bytes", "area", "a" + i), Shape.GAUGE, instance * OF_AN_INSTANCE + i));
            }
        }
        for (int instance = 0; instance < instances; instance++) {
            action.accept(new Member(
                    labels(instance, "instance_info", "version", "v" + instance % 7), Shape.CONSTANT, instance));
        }
    }

    private static Labels labels(int instance, String name, String... more) {
        var all = new String[more.length + 6];
        all[0] = Labels.NAME;
        all[1] = name;
        all[2] = "job";
        all[3] = "service" + instance % 20;
        all[4] = "instance";
        all[5] = "host" + instance;
        System.arraycopy(more, 0, all, 6, more.length);
        return Labels.of(all);
    }

    /** The value of a series at a sample, a whole number. */
    public static long value(Shape shape, int seed, int sample) {
        return switch (shape) {
            // A restart each 300 samples, at a time of the series' own.
            case COUNTER -> ((sample + seed * 7L) % 300) * (seed % 13 + 1) + sample % 3;
            case BUCKET -> ((sample + seed / 16 * 7L) % 300) * (seed % 16 + 1);
            case GAUGE -> 1_000_000 + (seed * 7919L + sample * 104_729L) % 65_536;
            case CONSTANT -> 1;
        };
    }

    /** Puts all of it into a store. */
    public void fill(MemoryStore store) {
        forEach(member -> {
            for (int i = 0; i < samples; i++) {
                store.add(member.labels(), start + i * interval, (double) value(member.shape(), member.seed(), i));
            }
        });
    }

    /** Writes all of it as OpenMetrics text. */
    public void write(BufferedWriter out) throws IOException {
        var line = new StringBuilder();
        var text = new OpenMetrics(this, out, line);
        forEach(text::accept);
        text.end();
    }
}
