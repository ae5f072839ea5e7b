package io.tributary.benchmarks.gateway;

import com.google.protobuf.Message;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import io.tributary.gateway.decode.Encoding;
import io.tributary.gateway.decode.MessageDecoder;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What the gateway does with a record between the network and the producer, of requests of a thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Workloads.MANY)
public class OtlpBenchmark {
    private static final int MAX_BODY = 16 << 20;

    @Param({"logs", "spans", "points"})
    public String signal;

    private final MessageDecoder decoder = new MessageDecoder(MAX_BODY);
    private Workload<?, ?, ?> workload;
    private Message prototype;
    private byte[] body;

    @Setup
    public void make() {
        Workloads workloads = Workloads.from(Instant.now(), Topics.of("b.", new SchemaRegistry("mock://otlp")));
        workload = switch (signal) {
            case "logs" -> workloads.logs();
            case "spans" -> workloads.spans(100);
            default -> workloads.points(10_000, Duration.ofSeconds(15));
        };
        Message request = workload.request().apply(0);
        prototype = request.getDefaultInstanceForType();
        body = request.toByteArray();
        workload = workload.always(request);
    }

    @Benchmark
    public Message decode() throws Exception {
        return decoder.decode(body, false, Encoding.PROTOBUF, prototype, bytes -> {});
    }

    @Benchmark
    public void translateAndEncode(Blackhole hole) {
        workload.messages(0, (key, value) -> hole.consume(value));
    }
}
