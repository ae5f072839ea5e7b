package io.tributary.benchmarks.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What evaluating rules costs Prometheus or vmalert, fed with samples as they come to be: some intervals without rules,
 * to know what taking the samples costs, and then some with them. One at a time, since with many rules and series each
 * wants more than half a machine.
 */
public final class PeerLoad {
    /** Before the first measured interval, so that ranges are full. */
    private static final int HISTORY = 8;

    private static final int WITHOUT_RULES = 6;
    /** While rules are loaded and evaluated for the first time. */
    private static final int SETTLING = 2;

    private final RuleLoad load;
    private final RemoteWrite samples;
    private final Peer peer;
    private long time;

    private PeerLoad(RuleLoad load, Peer peer) throws IOException {
        this.load = load;
        this.samples = new RemoteWrite(load);
        this.peer = peer;
        this.time = now() / RuleLoad.INTERVAL * RuleLoad.INTERVAL - HISTORY * RuleLoad.INTERVAL;
    }

    /**
     * The first argument is {@code prometheus} or {@code vmalert}, the second how many rules, the third how many
     * series, the fourth how many intervals to measure, and the fifth a folder for what the peer stores.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var load = new RuleLoad(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        Path home = Files.createDirectories(Path.of(arguments[4]).toAbsolutePath());
        Path rules = Files.writeString(home.resolve("rules.yml"), load.ruleFile());
        try (Peer peer = Peer.named(arguments[0], home)) {
            new PeerLoad(load, peer).run(rules, Integer.parseInt(arguments[3]));
        }
    }

    private void run(Path rules, int intervals) throws IOException, InterruptedException {
        catchUp();
        List<Double> taking = measured(WITHOUT_RULES);
        peer.load(rules);
        measured(SETTLING);
        long begun = now();
        List<Double> with = measured(intervals);
        double took = (now() - begun) / 1000.0 / intervals;
        double base = taking.stream().mapToDouble(seconds -> seconds).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %,d | %s | %s | %,d | recorded %.0f of %d, %.1f s an interval |%n",
                peer.name(),
                load.rules(),
                load.series(),
                ShardLoad.spread(taking),
                ShardLoad.spread(with.stream().map(seconds -> seconds - base).toList()),
                peer.residentBytes() >> 20,
                peer.ask("count({__name__=~\"r:.*\"})"),
                load.recorded(),
                took);
    }

    /** Sends what should have been sent by now. */
    private void catchUp() throws IOException, InterruptedException {
        while (time <= now()) {
            send();
        }
    }

    /** What it used of the processors in each of the next intervals, in seconds. */
    private List<Double> measured(int intervals) throws IOException, InterruptedException {
        var used = new ArrayList<Double>();
        TimeUnit.MILLISECONDS.sleep(time - now());
        double before = peer.cpuSeconds();
        for (int i = 0; i < intervals; i++) {
            send();
            TimeUnit.MILLISECONDS.sleep(time - now());
            double after = peer.cpuSeconds();
            used.add(after - before);
            before = after;
        }
        return used;
    }

    private void send() throws IOException, InterruptedException {
        for (int first = 0; first < load.series(); first += RemoteWrite.BATCH) {
            peer.write(samples.request(first, time));
        }
        time += RuleLoad.INTERVAL;
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
