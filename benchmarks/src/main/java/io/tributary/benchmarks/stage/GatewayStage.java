package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Progress;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.OtlpClient;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The gateway: requests as fast as it takes them, beside a bare producer of the same keys and values; and then two
 * gateways, of which each has half of the connections.
 */
record GatewayStage() implements Stage {
    private static final int REQUESTS = 40;
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final int SERIES = 100_000;
    private static final int OPEN_TRACES = 1000;
    private static final List<Integer> CONNECTIONS = List.of(1, 4, 16);
    private static final int SOME_CONNECTIONS = 4;
    private static final String NOT_MEASURED = "–";

    @Override
    public String name() {
        return "ingest-gateway";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        stand.empty();
        stand.up(name());
        Workloads workloads = Workloads.from(Instant.now(), stand.topics());
        SequencedMap<String, Workload<?, ?, ?>> signals = new LinkedHashMap<>();
        signals.put("logs", workloads.logs());
        signals.put("spans", workloads.spans(OPEN_TRACES));
        signals.put("points", workloads.points(SERIES, Duration.ofSeconds(15)));
        MarkdownTable table = new MarkdownTable(
                name(),
                "records/s",
                "CPU-s per million",
                "broker's CPU",
                "client's CPU",
                "bytes sent",
                "bytes in Kafka");
        Instance first = stand.instance(name());
        try (KafkaSide kafka = new KafkaSide(stand.endpoints().kafka())) {
            Sending sending = new Sending(kafka, stand.usage("kafka"), (long) (TIME.toNanos() * size), table);
            for (var signal : signals.entrySet()) {
                sending.to(List.of(first), signal.getKey(), signal.getValue(), CONNECTIONS);
                sending.limit(signal.getKey(), signal.getValue());
            }
            List<Instance> both = List.of(first, stand.secondInstance(name()));
            for (var signal : signals.entrySet()) {
                sending.to(both, signal.getKey(), signal.getValue(), List.of(SOME_CONNECTIONS));
            }
        }
        return table.text() + "\nThe gateway's peak RSS: " + (first.usage().peakResidentBytes() >> 20) + " MiB.\n";
    }

    /**
     * What is the same for all rows.
     *
     * @param broker what Kafka uses
     * @param nanos how long requests are sent for a row; half as long for a limit, and for the warm-up
     * @param table where rows go
     */
    private record Sending(KafkaSide kafka, Usage broker, long nanos, MarkdownTable table) {

        /** Sends to these instances, over so many connections in all; a row for each number of connections. */
        void to(List<Instance> instances, String what, Workload<?, ?, ?> workload, List<Integer> connections)
                throws InterruptedException {
            List<byte[]> bodies = IntStream.range(0, REQUESTS)
                    .mapToObj(number -> workload.request().apply(number).toByteArray())
                    .toList();
            OtlpClient client = new OtlpClient(
                    instances.stream()
                            .map(instance -> instance.endpoints().otlpHttp() + workload.path())
                            .toList(),
                    bodies);
            // Or else compilers would make the first row the dearest.
            client.sendFor(nanos / 2, SOME_CONNECTIONS, taken -> {});
            double wire =
                    bodies.stream().mapToInt(body -> body.length).average().orElseThrow();
            for (int atOnce : connections) {
                double diskBefore = kafka.diskBytes(workload.topic().name());
                List<Progress> each =
                        instances.stream().map(instance -> new Progress()).toList();
                Progress together = new Progress();
                Progress byBroker = new Progress();
                Progress bySelf = new Progress();
                Usage self = Usage.ofThisProcess();
                long[] requests = client.sendFor(nanos, atOnce, taken -> {
                    double cpu = 0;
                    for (int i = 0; i < instances.size(); i++) {
                        double own = instances.get(i).usage().cpuSeconds();
                        each.get(i).note(taken[i] * workload.records(), own);
                        cpu += own;
                    }
                    long records = LongStream.of(taken).sum() * workload.records();
                    together.note(records, cpu);
                    byBroker.note(records, broker.cpuSeconds());
                    bySelf.note(records, self.cpuSeconds());
                });
                long records = LongStream.of(requests).sum() * workload.records();
                double disk = kafka.diskBytes(workload.topic().name()) - diskBefore;
                for (int i = 0; instances.size() > 1 && i < instances.size(); i++) {
                    double share = (double) requests[i] * workload.records() / records;
                    table.row(row(
                            what + ", " + Rounds.instance(i, instances.size(), share),
                            each.get(i),
                            NOT_MEASURED,
                            NOT_MEASURED,
                            NOT_MEASURED,
                            NOT_MEASURED));
                }
                table.row(row(
                        what + ", " + atOnce + " at once"
                                + (instances.size() > 1 ? ", " + instances.size() + " instances" : ""),
                        together,
                        byBroker.cpuPerMillion(Rounds.STRETCHES).text(),
                        bySelf.cpuPerMillion(Rounds.STRETCHES).text(),
                        String.format(Locale.ROOT, "%.0f", wire / workload.records()),
                        String.format(Locale.ROOT, "%.0f", disk / records)));
            }
        }

        /** A row of a bare producer. */
        void limit(String what, Workload<?, ?, ?> workload) throws InterruptedException {
            List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>();
            for (int number = 0; number < REQUESTS; number++) {
                workload.messages(
                        number,
                        (key, value) -> messages.add(
                                new ProducerRecord<>(workload.topic().name(), key, value)));
            }
            Usage self = Usage.ofThisProcess();
            Progress bySelf = new Progress();
            Progress byBroker = new Progress();
            AtomicLong acknowledged = new AtomicLong();
            try (KafkaProducer<byte[], byte[]> producer = kafka.producer()) {
                long end = System.nanoTime() + nanos / 2;
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
            table.row(row(
                    "limit: bare producer of " + what,
                    bySelf,
                    byBroker.cpuPerMillion(Rounds.STRETCHES).text(),
                    NOT_MEASURED,
                    NOT_MEASURED,
                    NOT_MEASURED));
        }
    }

    private static String[] row(String what, Progress progress, String... more) {
        return Stream.concat(
                        Stream.of(
                                what,
                                progress.recordsPerSecond(Rounds.STRETCHES).text(),
                                progress.cpuPerMillion(Rounds.STRETCHES).text()),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
