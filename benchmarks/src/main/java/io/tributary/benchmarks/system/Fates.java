package io.tributary.benchmarks.system;

import io.tributary.local.kafka.KafkaAccess;
import io.tributary.local.ledger.KafkaLedger;
import io.tributary.local.ledger.StageBalance;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What became of the records that a stage was given, by the ledger. */
public final class Fates {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private Fates() {}

    /**
     * What the stage did with each topic that it reads, once it has dealt with all that is there.
     *
     * @throws IllegalStateException if it has not after a minute, or the fate of some records is not known
     */
    public static List<StageBalance> of(Stand stand, String stage) throws InterruptedException {
        long begin = System.nanoTime();
        try (KafkaLedger ledger =
                new KafkaLedger(KafkaAccess.open(stand.endpoints().kafka()), stand.topics())) {
            List<StageBalance> balances = ledger.balance().of(stage);
            while (!balances.stream().allMatch(Fates::known)) {
                if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                    throw new IllegalStateException(stage + ": after " + PATIENCE + " the ledger tells " + balances
                            + " (expected: nothing in flight and nothing unexplained)");
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
                balances = ledger.balance().of(stage);
            }
            return balances;
        }
    }

    private static boolean known(StageBalance balance) {
        return balance.inFlight() == 0 && balance.unexplained() == 0;
    }

    /** How many records met each fate, such as {@code forwarded 5,000, dropped:late 3}; without those that none met. */
    public static String text(StageBalance balance) {
        Map<String, Long> counts = new TreeMap<>(Map.of(
                "stored", balance.stored(),
                "forwarded", balance.forwarded(),
                "duplicate", balance.duplicates(),
                "dead-lettered", balance.deadLettered()));
        balance.dropped().forEach((reason, records) -> counts.put("dropped:" + reason, records));
        StringJoiner text = new StringJoiner(", ");
        counts.forEach((fate, records) -> {
            if (records > 0) {
                text.add(String.format(Locale.ROOT, "%s %,d", fate, records));
            }
        });
        return text.toString();
    }
}
