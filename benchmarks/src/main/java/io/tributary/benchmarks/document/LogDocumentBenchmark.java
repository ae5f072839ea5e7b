package io.tributary.benchmarks.document;

import io.tributary.benchmarks.workload.Workloads;
import io.tributary.logindexer.document.DataStream;
import io.tributary.logindexer.document.DocumentId;
import io.tributary.logindexer.document.LogDocument;
import io.tributary.schemas.avro.LogRecord;
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
    private final LogRecord record;
    private int next;

    public LogDocumentBenchmark() {
        Workloads.from(Instant.now(), topics).logs().messages(0, (key, value) -> payloads.add(value));
        record = topics.logs().decodeValue(payloads.getFirst());
    }

    @Benchmark
    public byte[] document() {
        return documents.of(record, DataStream.of(record), 0);
    }

    @Benchmark
    public byte[] decodeAndDocument() {
        next = (next + 1) % payloads.size();
        LogRecord decoded = topics.logs().decodeValue(payloads.get(next));
        return documents.of(decoded, DataStream.of(decoded), 0);
    }

    @Benchmark
    public String id() {
        return DocumentId.of(1, 2, payloads.getFirst());
    }
}
