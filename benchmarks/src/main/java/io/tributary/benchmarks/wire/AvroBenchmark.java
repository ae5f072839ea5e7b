package io.tributary.benchmarks.wire;

import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One record of each signal to and from its bytes on the topic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AvroBenchmark {
    private final Topics topics = Topics.of("b.", new SchemaRegistry("mock://avro-benchmark"));
    private final LogRecord log = SampleData.log(1);
    private final Span span = SampleData.span(1, 1, -1, "checkout", 0, 1);
    private final MetricPoint point =
            SampleData.counter("http_requests_total", Map.of("method", "GET", "status", "200"), 1, 7);
    private final byte[] logBytes = topics.logs().encodeValue(log);
    private final byte[] spanBytes = topics.spans().encodeValue(span);
    private final byte[] pointBytes = topics.metrics().encodeValue(point);

    @Benchmark
    public byte[] encodeLog() {
        return topics.logs().encodeValue(log);
    }

    @Benchmark
    public LogRecord decodeLog() {
        return topics.logs().decodeValue(logBytes);
    }

    @Benchmark
    public byte[] encodeSpan() {
        return topics.spans().encodeValue(span);
    }

    @Benchmark
    public Span decodeSpan() {
        return topics.spans().decodeValue(spanBytes);
    }

    @Benchmark
    public byte[] encodePoint() {
        return topics.metrics().encodeValue(point);
    }

    @Benchmark
    public MetricPoint decodePoint() {
        return topics.metrics().decodeValue(pointBytes);
    }
}
