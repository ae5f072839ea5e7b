package io.tributary.benchmarks.stage;

import io.tributary.benchmarks.measure.Spread;
import io.tributary.benchmarks.measure.Usage;
import io.tributary.benchmarks.report.MarkdownTable;
import io.tributary.benchmarks.system.BareBulk;
import io.tributary.benchmarks.system.OtlpClient;
import io.tributary.benchmarks.system.Pace;
import io.tributary.benchmarks.system.Searchable;
import io.tributary.benchmarks.system.Stand;
import io.tributary.benchmarks.workload.Workload;
import io.tributary.benchmarks.workload.Workloads;
import io.tributary.local.ledger.LedgerCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * Everything together at a steady rate, once programs are compiled and all of the warm-up is stored: how long until a
 * log can be found, what each part uses, whether memory stays flat, and whether the ledger balances in the end.
 */
record WholeStage() implements Stage {
    private static final Duration WARM_UP = Duration.ofMinutes(2);
    private static final Duration TIME = Duration.ofMinutes(5);
    private static final int LOGS = 2000;
    private static final int SPANS = 2000;
    private static final int POINTS = 10_000;
    private static final int SERIES = 100_000;
    private static final int RECORDS = 200;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int WINDOWS = 5;

    private static final List<String> PARTS = List.of(
            "ingest-gateway",
            "log-indexer",
            "trace-assembler",
            "metrics-aggregator",
            "alert-router",
            "connect",
            "kafka",
            "elasticsearch",
            "questdb",
            "registry");

    @Override
    public String name() {
        return "whole";
    }

    @Override
    public String measure(Stand stand, double size) throws Exception {
        stand.empty();
        stand.up();
        long warmUp = (long) (WARM_UP.toNanos() * size);
        for (Pace sender : send(stand, 0, warmUp)) {
            sender.join();
        }
        balance(stand);
        long nanos = (long) (TIME.toNanos() * size);
        Map<String, Usage> usages = new HashMap<>();
        Map<String, Double> cpu = new HashMap<>();
        Map<String, List<Long>> own = new HashMap<>();
        Map<String, List<Long>> resident = new HashMap<>();
        for (String part : PARTS) {
            usages.put(part, stand.usage(part));
            cpu.put(part, usages.get(part).cpuSeconds());
            own.put(part, new ArrayList<>());
            resident.put(part, new ArrayList<>());
        }
        List<Pace> senders = send(stand, warmUp, nanos);
        var markers = new OtlpClient(stand.endpoints().otlpHttp() + "/v1/logs", List.of());
        double[] seconds;
        try (Searchable searchable =
                Searchable.watch(markers, new BareBulk(stand.endpoints().elasticsearch()))) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
                for (String part : PARTS) {
                    own.get(part).add(usages.get(part).ownBytes());
                    resident.get(part).add(usages.get(part).residentBytes());
                }
            }
            seconds = searchable.seconds();
        }
        long sent = 0;
        for (Pace sender : senders) {
            sent += sender.join();
        }
        MarkdownTable table = new MarkdownTable(
                name(), "CPU, cores", "own memory at first, MiB", "in the end", "RSS at first", "in the end", "peak");
        for (String part : PARTS) {
            double cores = (usages.get(part).cpuSeconds() - cpu.get(part)) * 1e9 / nanos;
            table.row(
                    part,
                    "%.2f".formatted(cores),
                    mib(atFirst(own.get(part))),
                    mib(inTheEnd(own.get(part))),
                    mib(atFirst(resident.get(part))),
                    mib(inTheEnd(resident.get(part))),
                    Long.toString(usages.get(part).peakResidentBytes() >> 20));
        }
        balance(stand);
        return table.text()
                + String.format(
                        "%n%,d logs, %,d spans and %,d points a second for %d s: %,d records in all, and the ledger"
                                + " balances. From the gateway until a search finds it, a log takes **p50 %.1f s, p99"
                                + " %.1f s** (%d were looked for).%n",
                        LOGS,
                        SPANS,
                        POINTS,
                        TimeUnit.NANOSECONDS.toSeconds(nanos),
                        sent,
                        Spread.quantile(seconds, 0.5),
                        Spread.quantile(seconds, 0.99),
                        seconds.length);
    }

    /** Begins to send all signals at their rates for so long, after what was sent before, with times from now on. */
    private static List<Pace> send(Stand stand, long before, long nanos) {
        Workloads workloads = new Workloads(
                stand.topics(),
                TimeUnit.MILLISECONDS.toNanos(Instant.now().toEpochMilli()) - before,
                TimeUnit.SECONDS.toNanos(1) / LOGS,
                RECORDS);
        return List.of(
                sender(stand, workloads.logs(), LOGS, before, nanos),
                sender(stand, workloads.spans(RECORDS), SPANS, before, nanos),
                sender(stand, workloads.points(SERIES, Duration.ofSeconds(SERIES / POINTS)), POINTS, before, nanos));
    }

    /** Awaits that all that was sent is stored, and nothing is unexplained. */
    private static void balance(Stand stand) {
        int balanced = new CommandLine(new LedgerCommand(stand.context())).execute("--wait", "2m");
        if (balanced != 0) {
            throw new IllegalStateException("the ledger does not balance");
        }
    }

    private static Pace sender(Stand stand, Workload<?, ?, ?> workload, int rate, long before, long nanos) {
        OtlpClient client = new OtlpClient(stand.endpoints().otlpHttp() + workload.path(), List.of());
        int sent = (int) (before * rate / TimeUnit.SECONDS.toNanos(1) / workload.records());
        return Pace.start(client, workload, sent, rate, nanos);
    }

    private static List<Long> atFirst(List<Long> sizes) {
        return sizes.subList(sizes.size() / WINDOWS, 2 * sizes.size() / WINDOWS);
    }

    private static List<Long> inTheEnd(List<Long> sizes) {
        return sizes.subList((WINDOWS - 1) * sizes.size() / WINDOWS, sizes.size());
    }

    private static String mib(List<Long> sizes) {
        return sizes.isEmpty()
                ? "–"
                : "%.0f"
                        .formatted(sizes.stream()
                                        .mapToLong(Long::longValue)
                                        .average()
                                        .orElse(0)
                                / (1 << 20));
    }
}
