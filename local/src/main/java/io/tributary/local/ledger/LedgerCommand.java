package io.tributary.local.ledger;

import io.tributary.local.Context;
import io.tributary.local.command.ShortDuration;
import io.tributary.local.console.Console;
import io.tributary.local.kafka.KafkaOptions;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tributary ledger}: whether every record's fate is known, and where not. */
@Command(
        name = "ledger",
        description = "Adds up what became of every record; exits 1 where the fate of some is not known.")
public final class LedgerCommand implements Callable<Integer> {
    private static final int BALANCED = 0;
    private static final int NOT_BALANCED = 1;

    /** The system goes on while it is looked at: what stays unexplained for this long is a difference. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Context context;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description =
                    "Waits until what is in flight has arrived, and what the stages make of it, at most this long (such"
                            + " as 30s or 5m); exits 1 if some has not.")
    private Duration patience;

    public LedgerCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        return kafka.run(context, target -> {
            try (var ledger = new KafkaLedger(target.access(), target.topics())) {
                return patience == null
                        ? judge(ledger, SECOND_LOOK, LedgerBalance::balanced)
                        : judge(ledger, patience, settled());
            }
        });
    }

    private static Predicate<LedgerBalance> settled() {
        Settling settling = new Settling();
        // What is awaited is that of the first look, whether or not it adds up.
        return balance -> settling.settled(balance) && balance.balanced();
    }

    private int judge(KafkaLedger ledger, Duration limit, Predicate<LedgerBalance> expected)
            throws InterruptedException {
        long begin = System.nanoTime();
        LedgerBalance balance = ledger.balance();
        boolean good = expected.test(balance);
        while (!good && System.nanoTime() - begin < limit.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            balance = ledger.balance();
            good = expected.test(balance);
        }
        print(balance);
        return good ? BALANCED : NOT_BALANCED;
    }

    private void print(LedgerBalance balance) {
        Console console = context.console();
        if (json) {
            console.line(LedgerJson.of(balance));
            return;
        }
        console.table(LedgerTable.of(balance));
        console.verdict(balance.balanced(), "unexplained " + balance.unexplained());
        balance.differences().forEach(difference -> console.line("  " + difference.line()));
    }
}
