package io.tributary.connect.remotewrite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body of a remote-write request, before compression. Prometheus: "Remote Write 1.0", "Protobuf": a
 * {@code prometheus.WriteRequest} of series, each once, with samples in the order of their time. Of samples of one
 * series at the same millisecond the last is sent.
 */
final class WriteRequest {
    /** The value that ends a series. Prometheus: "Remote Write 1.0", "Stale Markers". */
    static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private static final int TIME_SERIES = 1;
    private static final int SAMPLE = 2;
    private static final int SAMPLE_VALUE = 1;
    private static final int SAMPLE_TIMESTAMP = 2;

    private WriteRequest() {}

    static byte[] encode(List<List<SeriesPoint>> records) {
        Map<Series, TreeMap<Long, Double>> series = new LinkedHashMap<>();
        records.forEach(
                points -> points.forEach(point -> series.computeIfAbsent(point.series(), unseen -> new TreeMap<>())
                        .put(point.unixMillis(), point.value())));
        Protobuf request = new Protobuf();
        Protobuf one = new Protobuf();
        Protobuf sample = new Protobuf();
        series.forEach((labels, samples) -> {
            one.clear();
            one.raw(labels.labels());
            samples.forEach((time, value) -> {
                sample.clear();
                sample.number(SAMPLE_VALUE, value).integer(SAMPLE_TIMESTAMP, time);
                one.message(SAMPLE, sample);
            });
            request.message(TIME_SERIES, one);
        });
        return request.toBytes();
    }
}
