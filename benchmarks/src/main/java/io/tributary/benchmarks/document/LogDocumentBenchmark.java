package io.tributary.benchmarks.document;

import io.tributary.benchmarks.workload.Workloads;
import io.tributary.delivery.arena.Arena;
import io.tributary.logindexer.document.DataStream;
import io.tributary.logindexer.document.DocumentId;
import io.tributary.logindexer.document.LogDocument;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the indexer makes of a record on the topic: its document and its id. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogDocumentBenchmark {
    private final Topics topics = Topics.of("b.", new SchemaRegistry("mock://document"));
    private final List<byte[]> payloads = new ArrayList<>();
    private final LogDocument documents = new LogDocument();
    private final Arena arena = new Arena();
    private int next;

    public LogDocumentBenchmark() {
        Workloads.from(Instant.now(), topics).logs().messages(0, (key, value) -> payloads.add(value));
    }

    @Benchmark
    public DataStream document() {
        next = (next + 1) % payloads.size();
        DataStream stream = documents.write(payloads.get(next), 0, arena);
        arena.discard();
        return stream;
    }

    @Benchmark
    public String id() {
        return DocumentId.of(1, 2, payloads.getFirst());
    }
}
