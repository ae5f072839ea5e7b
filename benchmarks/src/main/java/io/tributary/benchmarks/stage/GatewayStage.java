package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.OtlpClient;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The gateway: requests as fast as it takes them, beside a bare producer of the same keys and values. */
record GatewayStage() implements Stage {
    private static final int REQUESTS = 40;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int SERIES = 100_000;
    private static final int OPEN_TRACES = 1000;
    private static final int[] CONNECTIONS = {1, 4, 16};

    @Override
    public String name() {
        return "ingest-gateway";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        stand.empty();
        stand.up(name());
        Workloads workloads = Workloads.from(Instant.now(), stand.topics());
        MarkdownTable table = new MarkdownTable(
                name(),
                "records/s",
                "CPU-s per million",
                "broker's CPU",
                "client's CPU",
                "bytes sent",
                "bytes in Kafka");
        long nanos = (long) (TIME.toNanos() * size);
        for (int connections : CONNECTIONS) {
            measure(stand, workloads.logs(), "logs", connections, nanos, table);
        }
        measure(stand, workloads.spans(OPEN_TRACES), "spans", CONNECTIONS[1], nanos, table);
        measure(stand, workloads.points(SERIES, Duration.ofSeconds(15)), "points", CONNECTIONS[1], nanos, table);
        return table.text() + "\nThe gateway's peak RSS: "
                + (stand.usage(name()).peakResidentBytes() >> 20) + " MiB.\n";
    }

    private void measure(
            Stand stand, Workload<?, ?, ?> workload, String what, int connections, long nanos, MarkdownTable table)
            throws InterruptedException {
        Usage gateway = stand.usage(name());
        Usage broker = stand.usage("kafka");
        Usage self = Usage.ofThisProcess();
        List<byte[]> bodies = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            bodies.add(workload.request().apply(number).toByteArray());
        }
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            long diskBefore = kafka.diskBytes(workload.topic().name());
            Progress byGateway = new Progress();
            Progress byBroker = new Progress();
            Progress bySelf = new Progress();
            OtlpClient client = new OtlpClient(stand.endpoints().otlpHttp() + workload.path(), bodies);
            long requests = client.sendFor(nanos, connections, done -> {
                long records = done * workload.records();
                byGateway.note(records, gateway.cpuSeconds());
                byBroker.note(records, broker.cpuSeconds());
                bySelf.note(records, self.cpuSeconds());
            });
            long records = requests * workload.records();
            double disk = (double) (kafka.diskBytes(workload.topic().name()) - diskBefore) / records;
            double wire =
                    bodies.stream().mapToInt(body -> body.length).sum() / (double) (REQUESTS * workload.records());
            table.row(
                    what + ", " + connections + " at once",
                    byGateway.recordsPerSecond(Backlog.STRETCHES).text(),
                    byGateway.cpuPerMillion(Backlog.STRETCHES).text(),
                    byBroker.cpuPerMillion(Backlog.STRETCHES).text(),
                    bySelf.cpuPerMillion(Backlog.STRETCHES).text(),
                    "%.0f".formatted(wire),
                    "%.0f".formatted(disk));
            if (connections == CONNECTIONS[1]) {
                limit(kafka, workload, what, nanos / 2, broker, table);
            }
        }
    }

    private static void limit(
            KafkaSide kafka, Workload<?, ?, ?> workload, String what, long nanos, Usage broker, MarkdownTable table)
            throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            workload.messages(
                    number,
                    (key, value) ->
                            messages.add(new ProducerRecord<>(workload.topic().name(), key, value)));
        }
        Usage self = Usage.ofThisProcess();
        Progress bySelf = new Progress();
        Progress byBroker = new Progress();
        AtomicLong acknowledged = new AtomicLong();
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
            long end = System.nanoTime() + nanos;
            for (int i = 0; System.nanoTime() < end; i++) {
                var _ = producer.send(messages.get(i % messages.size()), (done, failure) -> {
                    if (failure == null) {
                        acknowledged.incrementAndGet();
                    }
                });
                if (i % 10_000 == 0) {
                    bySelf.note(acknowledged.get(), self.cpuSeconds());
                    byBroker.note(acknowledged.get(), broker.cpuSeconds());
                }
            }
        }
        table.row(
                "limit: bare producer of " + what,
                bySelf.recordsPerSecond(Backlog.STRETCHES).text(),
                bySelf.cpuPerMillion(Backlog.STRETCHES).text(),
                byBroker.cpuPerMillion(Backlog.STRETCHES).text(),
                "–",
                "–",
                "–");
    }
}
