package io.tributary.local.ledger;

import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lays the ledger beside what Kafka knows.
 *
 * <p>Of a stage: every record of its partitions is in an entry, and every entry tells the fate of each record that it
 * covers. What no entry covers is in flight above the offset that the stage has committed, and unexplained below it;
 * where no commit is known, the highest covered offset takes its place. Offsets that hold no record (transaction
 * markers, aborted or compacted records) are neither, wherever they are. Topics may keep their records for longer than
 * the ledger its entries: once some of these expired, the first one that is left is the beginning.
 *
 * <p>Of the gateways: accepted = published + refused + dead-lettered, and the topic holds at least what was published
 * and derived, and the dead letters that were put back; the rest was written to it directly.
 */
final class Balancing {
    /** A transaction ends with a marker, of which no stage tells before it reads the next record. */
    private static final int MARKER = 1;

    private final Catalogue catalogue;
    private final Ledger ledger;
    private final Positions positions;
    private final Map<String, String> signals;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<Reading, Offsets> inFlight = new HashMap<>();

    private Balancing(Catalogue catalogue, Ledger ledger, Positions positions) {
        this.catalogue = catalogue;
        this.ledger = ledger;
        this.positions = positions;
        this.signals = new HashMap<>(ledger.signals());
        this.signals.putAll(catalogue.signals());
    }

    static LedgerBalance balance(Catalogue catalogue, Ledger ledger, Positions positions) {
        return new Balancing(catalogue, ledger, positions).balance();
    }

    private LedgerBalance balance() {
        Map<String, Long> inTopic = inTopic();
        Map<String, List<EntryBalance>> entries = entries(inTopic);
        Map<String, List<StageBalance>> stages = stages(inTopic);
        var names = new TreeSet<>(entries.keySet());
        names.addAll(stages.keySet());
        List<SignalBalance> balances = names.stream()
                .map(name -> new SignalBalance(
                        name, entries.getOrDefault(name, List.of()), stages.getOrDefault(name, List.of())))
                .toList();
        differences.addAll(ledger.unreadable());
        differences.sort(Difference.ORDER);
        return new LedgerBalance(balances, differences, inFlight);
    }

    private Map<String, Long> inTopic() {
        Map<String, Long> records = new HashMap<>();
        positions
                .topics()
                .forEach((partition, offsets) -> records.merge(
                        partition.topic(),
                        offsets.end() - gaps(partition, offsets) - untoldMarkers(partition, offsets),
                        Long::sum));
        return records;
    }

    /** Offsets that hold no record, as the stage knows that passed most of them. */
    private long gaps(SourcePartition partition, Offsets log) {
        return ledger.readings().stream()
                .filter(reading -> reading.source().equals(partition))
                .mapToLong(reading -> gaps(reading, coverage(reading), log))
                .max()
                .orElse(0);
    }

    private long gaps(Reading reading, Coverage coverage, Offsets log) {
        long told = coverage.stretches().stream().mapToLong(Stretch::gaps).sum();
        long passed = holes(reading, coverage, log).stream()
                .map(hole -> hole.from(log.start()))
                .filter(hole -> hole.end() < log.end())
                .mapToLong(hole -> hole.size() - withRecords(reading, hole).size())
                .sum();
        return told + passed;
    }

    private Coverage coverage(Reading reading) {
        Coverage coverage = ledger.coverage(reading);
        return coverage.committed(committed(reading, coverage));
    }

    private long committed(Reading reading, Coverage coverage) {
        return positions.commits().getOrDefault(reading, coverage.end());
    }

    /**
     * What no entry covers. What had expired before the first entry is none of it, nor what was committed before the
     * first entry that is left of an incomplete ledger.
     */
    private List<Offsets> holes(Reading reading, Coverage coverage, Offsets log) {
        long start = ledger.isComplete()
                ? Math.min(log.start(), coverage.start().orElse(log.start()))
                : coverage.start()
                        .orElse(Math.max(log.start(), positions.commits().getOrDefault(reading, 0L)));
        return coverage.holes(new Offsets(start, log.end()));
    }

    private Offsets withRecords(Reading reading, Offsets offsets) {
        return offsets.isEmpty() ? offsets : offsets.from(positions.records().next(reading.source(), offsets.start()));
    }

    private int untoldMarkers(SourcePartition partition, Offsets offsets) {
        long last = Math.max(offsets.start(), offsets.end() - MARKER);
        boolean told = ledger.end(partition) > last;
        return told || positions.records().next(partition, last) < offsets.end() ? 0 : (int) (offsets.end() - last);
    }

    private Map<String, List<EntryBalance>> entries(Map<String, Long> inTopic) {
        Map<String, Tally> tallies = ledger.entrancesByTopic();
        catalogue.entrances().forEach(topic -> tallies.putIfAbsent(topic, new Tally()));
        Map<String, Long> unexplained = new HashMap<>();
        ledger.entrances().forEach((entrance, tally) -> {
            long missing = unexplained(tally);
            if (missing != 0) {
                unexplained.merge(entrance.topic(), Math.abs(missing), Long::sum);
                String why = "accepted by instance " + entrance.instance() + " over " + entrance.protocol()
                        + ", and neither published nor refused";
                differences.add(ofTopic(entrance.topic(), missing, why));
            }
        });
        Map<String, List<EntryBalance>> bySignal = new TreeMap<>();
        tallies.forEach((topic, tally) -> bySignal.computeIfAbsent(signal(topic), unseen -> new ArrayList<>())
                .add(entry(topic, tally, inTopic.getOrDefault(topic, 0L), unexplained.getOrDefault(topic, 0L))));
        return bySignal;
    }

    private EntryBalance entry(String topic, Tally tally, long inTopic, long unexplained) {
        long published = tally.of(Outcome.PUBLISHED);
        long derived = tally.of(Outcome.DERIVED);
        long retried = tally.of(Outcome.RETRIED);
        long told = published + derived + retried;
        long lost = Math.max(0, told - inTopic);
        if (lost > 0) {
            differences.add(ofTopic(topic, lost, "published, and not in the topic"));
        }
        return new EntryBalance(
                topic,
                tally.of(Outcome.ACCEPTED),
                published,
                derived,
                retried,
                tally.of(Outcome.DEAD_LETTERED),
                tally.refused(),
                inTopic,
                Math.max(0, inTopic - told),
                unexplained + lost);
    }

    private static long unexplained(Tally tally) {
        long refused =
                tally.refused().values().stream().mapToLong(Long::longValue).sum();
        return tally.of(Outcome.ACCEPTED) - tally.of(Outcome.PUBLISHED) - refused - tally.of(Outcome.DEAD_LETTERED);
    }

    private Map<String, List<StageBalance>> stages(Map<String, Long> inTopic) {
        var readings = new TreeSet<>(positions.readings());
        readings.addAll(ledger.readings());
        // A service's group also commits what only the service itself knows of, such as repartitioned streams.
        readings.removeIf(reading -> !signals.containsKey(reading.source().topic()));
        Map<String, Map<String, StageSum>> sums = new LinkedHashMap<>();
        for (Reading reading : readings) {
            sums.computeIfAbsent(reading.stage(), unseen -> new LinkedHashMap<>())
                    .computeIfAbsent(reading.source().topic(), unseen -> new StageSum())
                    .add(reading);
        }
        Map<String, List<StageBalance>> bySignal = new TreeMap<>();
        sums.forEach((stage, topics) ->
                topics.forEach((topic, sum) -> bySignal.computeIfAbsent(signal(topic), unseen -> new ArrayList<>())
                        .add(sum.balance(stage, topic, inTopic.getOrDefault(topic, 0L)))));
        return bySignal;
    }

    private String signal(String topic) {
        return signals.getOrDefault(topic, "other");
    }

    private Difference ofTopic(String topic, long records, String why) {
        return new Difference(signal(topic), LedgerKey.GATEWAY, topic, -1, -1, -1, records, why);
    }

    /** Adds up the partitions that a stage reads of a topic. */
    private final class StageSum {
        private final Tally tally = new Tally();
        private long yetToRead;
        private long unexplained;

        void add(Reading reading) {
            Coverage coverage = coverage(reading);
            for (Stretch stretch : coverage.stretches()) {
                tally.addAll(stretch.tally());
                differ(reading, stretch.offsets(), stretch.unexplained(), "read, and their outcome is not told");
                differ(
                        reading,
                        stretch.offsets(),
                        stretch.tally().of(Outcome.EXPIRED),
                        "expired before the stage read them");
            }
            Offsets log = positions.topics().get(reading.source());
            if (log != null) {
                long committed = committed(reading, coverage);
                holes(reading, coverage, log).forEach(hole -> addHole(reading, hole, log, committed));
            }
        }

        private void addHole(Reading reading, Offsets hole, Offsets log, long committed) {
            Offsets expired = hole.below(log.start());
            if (expired.size() > MARKER || hole.end() < log.end()) {
                differ(reading, expired, expired.size(), "expired before the stage told of them");
            }
            Offsets held = hole.from(log.start());
            Offsets passed = withRecords(reading, held.below(committed));
            differ(reading, passed, passed.size(), "passed by the stage, and no entry covers them");
            await(reading, withRecords(reading, held.from(committed)), log);
        }

        private void await(Reading reading, Offsets offsets, Offsets log) {
            if (!offsets.isEmpty()) {
                yetToRead += offsets.size();
                inFlight.putIfAbsent(reading, new Offsets(offsets.start(), log.end()));
            }
        }

        private void differ(Reading reading, Offsets offsets, long records, String why) {
            if (records != 0) {
                SourcePartition source = reading.source();
                unexplained += Math.abs(records);
                differences.add(new Difference(
                        signal(source.topic()),
                        reading.stage(),
                        source.topic(),
                        source.number(),
                        offsets.start(),
                        offsets.end(),
                        records,
                        why));
            }
        }

        StageBalance balance(String stage, String topic, long inTopic) {
            return new StageBalance(
                    stage,
                    topic,
                    inTopic,
                    tally.of(Outcome.STORED),
                    tally.of(Outcome.FORWARDED),
                    tally.of(Outcome.DUPLICATE),
                    tally.of(Outcome.DEAD_LETTERED),
                    tally.dropped(),
                    yetToRead,
                    unexplained);
        }
    }
}
