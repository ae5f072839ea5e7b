package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.Instance;
import io.tributary.benchmarks.system.KafkaSide;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The gateway: requests as fast as it takes them, few and many at once in turn, and in turn with a bare producer of the
 * same keys and values; and then two gateways, of which each has half of the connections.
 */
record GatewayStage() implements Stage {
    /** How long requests are sent for a row in all; half as long for a limit, and for the warm-up of each signal. */
    private static final Duration TIME = Duration.ofSeconds(20);

    private static final int ROUNDS = 5;
    private static final int SERIES = 100_000;
    private static final int OPEN_TRACES = 1000;
    private static final List<Integer> CONNECTIONS = List.of(1, 4, 16);
    private static final int SOME_CONNECTIONS = 4;

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
            Usage broker = stand.usage("kafka");
            SequencedMap<String, Going> alone = new LinkedHashMap<>();
            senders(signals, List.of(first), kafka, broker, size).forEach((signal, sender) -> {
                CONNECTIONS.forEach(atOnce -> alone.put(label(signal, atOnce), nanos -> sender.send(nanos, atOnce)));
                alone.put("limit: bare producer of " + signal, nanos -> sender.bare(nanos / 2));
            });
            inTurn(alone, size).forEach((what, turns) -> table.row(Turn.row(what, turns)));

            Instance second = stand.secondInstance(name());
            // It has to catch up with all that compilers did for the first.
            senders(signals, List.of(second), kafka, broker, 2 * size);
            List<Instance> both = List.of(first, second);
            SequencedMap<String, Going> shared = new LinkedHashMap<>();
            senders(signals, both, kafka, broker, size)
                    .forEach((signal, sender) -> shared.put(signal, nanos -> sender.send(nanos, SOME_CONNECTIONS)));
            inTurn(shared, size)
                    .forEach((signal, turns) -> Turn.shares(signal, label(signal, SOME_CONNECTIONS), turns)
                            .forEach(table::row));
        }
        return table.text() + "\nThe gateway's peak RSS: " + (first.usage().peakResidentBytes() >> 20) + " MiB.\n";
    }

    private static String label(String signal, int atOnce) {
        return signal + ", " + atOnce + " at once";
    }

    /** Those that send each signal to these instances; all have done so, and compilers are through with it. */
    private static SequencedMap<String, Sender> senders(
            SequencedMap<String, Workload<?, ?, ?>> signals,
            List<Instance> instances,
            KafkaSide kafka,
            Usage broker,
            double size)
            throws InterruptedException {
        SequencedMap<String, Sender> senders = new LinkedHashMap<>();
        for (var signal : signals.entrySet()) {
            Sender sender = Sender.of(signal.getValue(), instances, kafka, broker);
            sender.send((long) (TIME.toNanos() * size / 2), SOME_CONNECTIONS);
            senders.put(signal.getKey(), sender);
        }
        return senders;
    }

    /** Something that can be done for so long. */
    private interface Going {
        /** Does it. */
        Turn forNanos(long nanos) throws InterruptedException;
    }

    /** Does one after the other, and all of them again; so none has an older process or another hour of the machine. */
    private static SequencedMap<String, List<Turn>> inTurn(SequencedMap<String, Going> all, double size)
            throws InterruptedException {
        int rounds = size * ROUNDS < 1 ? 1 : ROUNDS;
        SequencedMap<String, List<Turn>> turns = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var one : all.entrySet()) {
                turns.computeIfAbsent(one.getKey(), unseen -> new ArrayList<>())
                        .add(one.getValue().forNanos((long) (TIME.toNanos() * size / rounds)));
            }
        }
        return turns;
    }
}
