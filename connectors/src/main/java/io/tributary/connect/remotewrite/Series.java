package io.tributary.connect.remotewrite;

import io.tributary.connect.series.Sample;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A series as remote write sends it: its labels with {@code __name__}, sorted by name. Prometheus: "Remote Write 1.0",
 * "Labels".
 */
final class Series {
    private static final int LABEL = 1;
    private static final int LABEL_NAME = 1;
    private static final int LABEL_VALUE = 2;
    private static final Pattern METRIC_NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL_NAMES = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final byte[] labels;
    private final int hash;

    private Series(byte[] labels) {
        this.labels = labels;
        this.hash = Arrays.hashCode(labels);
    }

    /**
     * The series of the sample.
     *
     * @throws RejectedException if Prometheus allows no such names
     */
    static Series of(Sample sample) {
        check("name", METRIC_NAME, sample.name());
        SortedMap<String, String> all = new TreeMap<>(sample.labels());
        all.keySet().forEach(label -> check("label", LABEL_NAMES, label));
        all.put("__name__", sample.name());
        Protobuf encoded = new Protobuf();
        Protobuf label = new Protobuf();
        for (Map.Entry<String, String> entry : all.entrySet()) {
            label.clear();
            label.text(LABEL_NAME, entry.getKey()).text(LABEL_VALUE, entry.getValue());
            encoded.message(LABEL, label);
        }
        return new Series(encoded.toBytes());
    }

    private static void check(String what, Pattern pattern, String name) {
        if (!pattern.matcher(name).matches()) {
            throw new RejectedException(Reason.INVALID_RECORD, what + ": " + name + " (expected: " + pattern + ")");
        }
    }

    /** The labels as fields of a TimeSeries message. */
    byte[] labels() {
        return labels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Series series && Arrays.equals(labels, series.labels);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
