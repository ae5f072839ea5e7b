package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.BareBulk;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Instant;

/** The log-indexer, beside bare bulk requests of the same documents under the same ids to the same Elasticsearch. */
record IndexerStage() implements Stage {
    private static final int RECORDS = 400_000;

    @Override
    public String name() {
        return "log-indexer";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        int requests = (int) Math.max(5, RECORDS * size / Workloads.MANY);
        stand.empty();
        stand.up("kafka", "registry", "elasticsearch");
        Workloads workloads = Workloads.from(Instant.now(), stand.topics());
        Usage server = stand.usage("elasticsearch");
        double idle = server.cpuSeconds();
        Backlog backlog = Backlog.of(stand, name(), workloads.logs(), requests, 0);
        stand.stop(name());
        double indexed = server.cpuSeconds();
        BareBulk elasticsearch = new BareBulk(stand.endpoints().elasticsearch());
        double diskBytes = elasticsearch.bytesPerDocument("logs-generic-default");
        Progress bulk;
        double documentBytes;
        double before = server.cpuSeconds();
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            bulk = elasticsearch.write(kafka, stand.topics().logs(), (long) requests * Workloads.MANY);
            documentBytes = elasticsearch.documentBytes();
        }
        MarkdownTable table = new MarkdownTable(name(), "records/s", "CPU-s per million", "peak RSS, MiB");
        backlog.rows(name()).forEach(table::row);
        table.row(
                "limit: bare bulk requests",
                bulk.recordsPerSecond(Backlog.STRETCHES).text(),
                bulk.cpuPerMillion(Backlog.STRETCHES).text(),
                "–");
        double millions = requests * Workloads.MANY / 1e6;
        return table.text()
                + String.format(
                        "%nThe rate is **%.2f** of that of bare bulk requests. A record takes %.0f bytes in Kafka, %.0f"
                                + " as a document in a request, %.0f in the index. Elasticsearch used %.1f CPU-s per million documents"
                                + " with the indexer and %.1f with bare requests, and %d MiB at its peak.%n",
                        backlog.progress().recordsPerSecond(Backlog.STRETCHES).median()
                                / bulk.recordsPerSecond(Backlog.STRETCHES).median(),
                        backlog.bytesPerRecord(),
                        documentBytes,
                        diskBytes,
                        (indexed - idle) / millions,
                        (server.cpuSeconds() - before) / millions,
                        server.peakResidentBytes() >> 20);
    }
}
