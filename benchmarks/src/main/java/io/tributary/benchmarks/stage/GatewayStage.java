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
    private static final int WARM_UP_CONNECTIONS = 4;

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
        measure(stand, workloads.logs(), "logs", nanos, table);
        measure(stand, workloads.spans(OPEN_TRACES), "spans", nanos, table);
        measure(stand, workloads.points(SERIES, Duration.ofSeconds(15)), "points", nanos, table);
        return table.text() + "\nThe gateway's peak RSS: "
                + (stand.usage(name()).peakResidentBytes() >> 20) + " MiB.\n";
    }

    private void measure(Stand stand, Workload<?, ?, ?> workload, String what, long nanos, MarkdownTable table)
            throws InterruptedException {
        List<byte[]> bodies = new ArrayList<>();
        for (int number = 0; number < REQUESTS; number++) {
            bodies.add(workload.request().apply(number).toByteArray());
        }
        OtlpClient client = new OtlpClient(stand.endpoints().otlpHttp() + workload.path(), bodies);
        // Or else compilers would make the first row the dearest.
        client.sendFor(nanos / 2, WARM_UP_CONNECTIONS, done -> {});
        Usage broker = stand.usage("kafka");
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            for (int connections : CONNECTIONS) {
                double diskBefore = kafka.diskBytes(workload.topic().name());
                Progress byGateway = new Progress();
                Progress byBroker = new Progress();
                Progress bySelf = new Progress();
                Usage gateway = stand.usage(name());
                Usage self = Usage.ofThisProcess();
                long requests = client.sendFor(nanos, connections, done -> {
                    long records = done * workload.records();
                    byGateway.note(records, gateway.cpuSeconds());
                    byBroker.note(records, broker.cpuSeconds());
                    bySelf.note(records, self.cpuSeconds());
                });
                double disk = kafka.diskBytes(workload.topic().name()) - diskBefore;
                double wire =
                        bodies.stream().mapToInt(body -> body.length).average().orElseThrow();
                table.row(
                        what + ", " + connections + " at once",
                        byGateway.recordsPerSecond(Rounds.STRETCHES).text(),
                        byGateway.cpuPerMillion(Rounds.STRETCHES).text(),
                        byBroker.cpuPerMillion(Rounds.STRETCHES).text(),
                        bySelf.cpuPerMillion(Rounds.STRETCHES).text(),
                        "%.0f".formatted(wire / workload.records()),
                        "%.0f".formatted(disk / requests / workload.records()));
            }
            limit(kafka, workload, what, nanos / 2, broker, table);
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
        // Closing it has awaited the last of them.
        bySelf.note(acknowledged.get(), self.cpuSeconds());
        byBroker.note(acknowledged.get(), broker.cpuSeconds());
        table.row(
                "limit: bare producer of " + what,
                bySelf.recordsPerSecond(Rounds.STRETCHES).text(),
                bySelf.cpuPerMillion(Rounds.STRETCHES).text(),
                byBroker.cpuPerMillion(Rounds.STRETCHES).text(),
                "–",
                "–",
                "–");
    }
}
