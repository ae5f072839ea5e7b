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
import io.tributary.schemas.avro.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * The log-indexer with little and with much that waits for it, in turn with bare bulk requests of the same documents
 * under the same ids to the same Elasticsearch; and then two of them.
 */
record IndexerStage() implements Stage {
    private static final int RECORDS = 20_000;
    private static final List<Integer> LOADS = List.of(1, 4, 16);
    /**
     * Loads and bare requests take turns, so that none has an older process or a larger index than another; once, if
     * there is less to do than one round usually is.
     */
    private static final int ROUNDS = 5;

    @Override
    public String name() {
        return "log-indexer";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        int unit = (int) Math.max(1, RECORDS * size / Workloads.MANY);
        List<Integer> loads = LOADS.stream().map(load -> load * unit).toList();
        int most = loads.getLast();
        int some = loads.get(1);
        int rounds = size * ROUNDS < 1 ? 1 : ROUNDS;
        stand.empty();
        stand.up("kafka", "registry", "elasticsearch", name());
        MarkdownTable table = new MarkdownTable(name(), "records/s", "CPU-s per million", "peak RSS, MiB");
        Workload<?, ?, LogRecord> logs =
                Workloads.from(Instant.now(), stand.topics()).logs();
        BareBulk elasticsearch = new BareBulk(stand.endpoints().elasticsearch());
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka());
                KafkaConsumer<byte[], byte[]> records =
                        kafka.consumer(logs.topic().name())) {
            Work work = new Work(kafka, logs, elasticsearch, records, stand.usage("elasticsearch"));
            Instance first = stand.instance(name());
            // The first backlog and the first bare requests are warm-ups.
            work.backlog(most, first);
            work.bare();
            double diskBytes = elasticsearch.bytesPerDocument("logs-generic-default", BareBulk.STREAM);

            SequencedMap<Integer, Rounds> loaded = new LinkedHashMap<>();
            loads.forEach(load -> loaded.put(load, new Rounds(new ArrayList<>())));
            List<Progress> bare = new ArrayList<>();
            List<Double> serverBeside = new ArrayList<>();
            List<Double> serverBare = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                serverBeside.add(work.serverCpuPerMillion(() -> {
                    for (int load : loads) {
                        loaded.get(load).backlogs().add(work.backlog(load, first));
                    }
                }));
                serverBare.add(work.serverCpuPerMillion(() -> bare.add(work.bare())));
            }
            loaded.forEach((load, backlogs) -> table.row(backlogs.row(label(load))));

            Instance second = stand.secondInstance(name());
            work.backlog(most, first, second);
            Rounds two = new Rounds(new ArrayList<>());
            for (int round = 0; round < rounds; round++) {
                two.backlogs().add(work.backlog(some, first, second));
            }
            two.shares(label(some)).forEach(table::row);
            stand.stop(name());

            table.row(Rounds.limit(kafka.read(logs.topic().name(), work.records())));
            table.row(Rounds.limit("bare bulk requests", bare));
            return table.text()
                    + String.format(
                            Locale.ROOT,
                            "%nWith most waiting, the rate is **%.2f** of that of bare bulk requests. A record takes"
                                    + " %.0f bytes in Kafka, %.0f as a document in a request, %.0f in the index."
                                    + " Elasticsearch used %s CPU-s per million documents with the indexer and %s with"
                                    + " bare requests, and %d MiB at its peak.%n",
                            loaded.get(most).recordsPerSecond().median()
                                    / Rounds.recordsPerSecond(bare).median(),
                            (double) kafka.diskBytes(logs.topic().name()) / work.records(),
                            elasticsearch.documentBytes(),
                            diskBytes,
                            Spread.of(serverBeside).text(),
                            Spread.of(serverBare).text(),
                            work.server.peakResidentBytes() >> 20);
        }
    }

    private static String label(int requests) {
        return String.format(Locale.ROOT, "%,d waiting", requests * Workloads.MANY);
    }

    /** Some of the work. */
    private interface Turn {
        void take() throws InterruptedException;
    }

    /** Log records, one backlog after the other, and bare requests of those that had none yet. */
    private final class Work {
        private final KafkaSide kafka;
        private final Workload<?, ?, LogRecord> workload;
        private final BareBulk elasticsearch;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final Usage server;
        private int requests;
        private long bare;

        Work(
                KafkaSide kafka,
                Workload<?, ?, LogRecord> workload,
                BareBulk elasticsearch,
                KafkaConsumer<byte[], byte[]> consumer,
                Usage server) {
            this.kafka = kafka;
            this.workload = workload;
            this.elasticsearch = elasticsearch;
            this.consumer = consumer;
            this.server = server;
        }

        /** Lets the instances work off the records of the next requests. */
        Backlog backlog(int more, Instance... instances) throws InterruptedException {
            requests += more;
            int from = requests - more;
            return Backlog.of(
                    name(),
                    List.of(workload.topic().name()),
                    List.of(instances),
                    kafka,
                    () -> kafka.produce(workload, from, from + more, System.currentTimeMillis(), 0));
        }

        /** Sends what came since the last time; then there are as many documents of bare requests as of the indexer. */
        Progress bare() {
            Progress written = elasticsearch.write(consumer, records() - bare);
            bare = records();
            return written;
        }

        /** How many records there were so far. */
        long records() {
            return (long) requests * workload.records();
        }

        /** Processor seconds that Elasticsearch took a million of the documents that it got in this turn. */
        double serverCpuPerMillion(Turn turn) throws InterruptedException {
            double cpu = server.cpuSeconds();
            long before = records() + bare;
            turn.take();
            return (server.cpuSeconds() - cpu) * 1e6 / (records() + bare - before);
        }
    }
}
