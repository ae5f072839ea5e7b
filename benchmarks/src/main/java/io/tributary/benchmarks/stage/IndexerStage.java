package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Spread;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.BareBulk;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * The log-indexer with little and with much that waits for it, and then two of them; beside bare bulk requests of the
 * same documents under the same ids to the same Elasticsearch.
 */
record IndexerStage() implements Stage {
    private static final int RECORDS = 20_000;
    private static final List<Integer> LOADS = List.of(1, 4, 16);
    /**
     * Loads take turns, so that no load has an older process or a larger index than another; once, if there is less to
     * do than one round usually is.
     */
    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "log-indexer";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        int unit = (int) Math.max(1, RECORDS * size / Workloads.MANY);
        int most = unit * LOADS.getLast();
        long mostRecords = (long) most * Workloads.MANY;
        stand.empty();
        stand.up("kafka", "registry", "elasticsearch", name());
        BareBulk elasticsearch = new BareBulk(stand.endpoints().elasticsearch());
        Usage server = stand.usage("elasticsearch");
        MarkdownTable table = new MarkdownTable(name(), "records/s", "CPU-s per million", "peak RSS, MiB");
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            Source source = new Source(
                    kafka, Workloads.from(Instant.now(), stand.topics()).logs(), size * ROUNDS < 1 ? 1 : ROUNDS);
            Instance first = stand.instance(name());
            source.work(most, first);
            double diskBytes = elasticsearch.bytesPerDocument("logs-generic-default");

            double cpu = server.cpuSeconds();
            SequencedMap<Integer, Rounds> loads =
                    source.rounds(LOADS.stream().map(load -> load * unit).toList(), first);
            cpu = server.cpuSeconds() - cpu;
            long indexed = source.records() - mostRecords;
            loads.forEach((requests, rounds) -> table.row(rounds.row(label(requests))));

            int some = unit * LOADS.get(1);
            Instance second = stand.secondInstance(name());
            source.work(most, first, second);
            source.rounds(List.of(some), first, second)
                    .get(some)
                    .shares(label(some))
                    .forEach(table::row);
            stand.stop(name());

            table.row(Rounds.limit(kafka.read(source.topic(), source.records())));
            double bareCpu = server.cpuSeconds();
            Progress bulk = elasticsearch.write(kafka, stand.topics().logs(), mostRecords);
            bareCpu = server.cpuSeconds() - bareCpu;
            Spread bare = bulk.recordsPerSecond(Rounds.STRETCHES);
            table.row(
                    "limit: bare bulk requests",
                    bare.text(),
                    bulk.cpuPerMillion(Rounds.STRETCHES).text(),
                    "–");
            return table.text()
                    + String.format(
                            Locale.ROOT,
                            "%nWith most waiting, the rate is **%.2f** of that of bare bulk requests. A record takes"
                                    + " %.0f bytes in Kafka, %.0f as a document in a request, %.0f in the index."
                                    + " Elasticsearch used %.1f CPU-s per million documents with the indexer and %.1f"
                                    + " with bare requests, and %d MiB at its peak.%n",
                            loads.get(most).recordsPerSecond().median() / bare.median(),
                            (double) kafka.diskBytes(source.topic()) / source.records(),
                            elasticsearch.documentBytes(),
                            diskBytes,
                            cpu * 1e6 / indexed,
                            bareCpu * 1e6 / mostRecords,
                            server.peakResidentBytes() >> 20);
        }
    }

    private static String label(int requests) {
        return String.format(Locale.ROOT, "%,d waiting", requests * Workloads.MANY);
    }

    /** Log records, one backlog after the other. */
    private final class Source {
        private final KafkaSide kafka;
        private final Workload<?, ?, ?> workload;
        private final int rounds;
        private int requests;

        Source(KafkaSide kafka, Workload<?, ?, ?> workload, int rounds) {
            this.kafka = kafka;
            this.workload = workload;
            this.rounds = rounds;
        }

        /** Lets the instances work off the records of the next requests. */
        Backlog work(int more, Instance... instances) throws InterruptedException {
            requests += more;
            return Backlog.of(name(), List.of(instances), kafka, workload, requests - more, requests, 0);
        }

        /** The same for each of these numbers of requests in turn, and again. */
        SequencedMap<Integer, Rounds> rounds(List<Integer> loads, Instance... instances) throws InterruptedException {
            SequencedMap<Integer, Rounds> worked = new LinkedHashMap<>();
            loads.forEach(more -> worked.put(more, new Rounds(new ArrayList<>())));
            for (int round = 0; round < rounds; round++) {
                for (int more : loads) {
                    worked.get(more).backlogs().add(work(more, instances));
                }
            }
            return worked;
        }

        String topic() {
            return workload.topic().name();
        }

        /** How many there were so far. */
        long records() {
            return (long) requests * workload.records();
        }
    }
}
