package io.tributary.benchmarks.rules;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What evaluating the same rules costs Prometheus and vmalert, both fed with the same samples as they come to be: some
 * intervals without rules, to know what taking the samples costs, and then some with them. Both run at the same time.
 */
public final class PeerLoad {
    /** Before the first measured interval, so that ranges are full. */
    private static final int HISTORY = 8;

    private static final int WITHOUT_RULES = 2;
    /** While rules are loaded and evaluated for the first time. */
    private static final int SETTLING = 2;

    private final RuleLoad load;
    private final RemoteWrite samples;
    private final List<Peer> peers;
    private long time;

    private PeerLoad(RuleLoad load, List<Peer> peers) throws IOException {
        this.load = load;
        this.samples = new RemoteWrite(load);
        this.peers = peers;
        this.time = now() / RuleLoad.INTERVAL * RuleLoad.INTERVAL - HISTORY * RuleLoad.INTERVAL;
    }

    /**
     * The first argument is how many rules, the second how many series, the third how many intervals to measure, and
     * the fourth a folder for what the peers store.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var load = new RuleLoad(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        Path home = Path.of(arguments[3]).toAbsolutePath();
        try (var prometheus = Peer.prometheus(home.resolve("prometheus"));
                var vmalert = Peer.vmalert(home.resolve("vmalert"))) {
            Path rules = Files.writeString(home.resolve("rules.yml"), load.ruleFile());
            new PeerLoad(load, List.of(prometheus, vmalert)).run(rules, Integer.parseInt(arguments[2]));
        }
    }

    private void run(Path rules, int intervals) throws IOException, InterruptedException {
        catchUp();
        var without = measured(WITHOUT_RULES);
        for (Peer peer : peers) {
            peer.load(rules);
        }
        measured(SETTLING);
        var with = measured(intervals);
        for (Peer peer : peers) {
            var taking = without.get(peer);
            double base =
                    taking.stream().mapToDouble(seconds -> seconds).average().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %,d | %s | %s | %,d | recorded %.0f of %d |%n",
                    peer.name(),
                    load.rules(),
                    load.series(),
                    ShardLoad.spread(taking),
                    ShardLoad.spread(with.get(peer).stream()
                            .map(seconds -> seconds - base)
                            .toList()),
                    peer.residentBytes() >> 20,
                    peer.ask("count({__name__=~\"r:.*\"})"),
                    load.recorded());
        }
    }

    /** Sends what should have been sent by now. */
    private void catchUp() throws IOException, InterruptedException {
        while (time <= now()) {
            send();
        }
    }

    /** For each peer, what it used of the processors in each of the next intervals, in seconds. */
    private Map<Peer, List<Double>> measured(int intervals) throws IOException, InterruptedException {
        var all = new LinkedHashMap<Peer, List<Double>>();
        for (int i = 0; i <= intervals; i++) {
            TimeUnit.MILLISECONDS.sleep(time - now());
            for (Peer peer : peers) {
                all.computeIfAbsent(peer, _ -> new ArrayList<>()).add(peer.cpuSeconds());
            }
            if (i < intervals) {
                send();
            }
        }
        all.values().forEach(PeerLoad::toDifferences);
        return all;
    }

    private static void toDifferences(List<Double> marks) {
        for (int i = 0; i + 1 < marks.size(); i++) {
            marks.set(i, marks.get(i + 1) - marks.get(i));
        }
        marks.removeLast();
    }

    private void send() throws IOException, InterruptedException {
        for (int first = 0; first < load.series(); first += RemoteWrite.BATCH) {
            byte[] body = samples.request(first, time);
            for (Peer peer : peers) {
                peer.write(body);
            }
        }
        time += RuleLoad.INTERVAL;
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
