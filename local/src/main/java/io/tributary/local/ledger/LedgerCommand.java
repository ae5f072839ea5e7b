package io.tributary.local.ledger;

import io.tributary.local.Context;
import io.tributary.local.command.ShortDuration;
import io.tributary.local.console.Console;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tributary ledger}: whether every record's fate is known, and where not. */
@Command(
        name = "ledger",
        description = "Adds up what became of every record; exits 1 where the fate of some is not known.")
public final class LedgerCommand implements Callable<Integer> {
    private static final int BALANCED = 0;
    private static final int NOT_BALANCED = 1;
    private static final int UNAVAILABLE = 3;

    /** The system goes on while it is looked at: what stays unexplained for this long is a difference. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(3);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Context context;

    @Option(names = "--json", description = "Prints JSON for machines.")
    private boolean json;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = ShortDuration.class,
            description =
                    "Waits until nothing is in flight, at most this long (such as 30s or 5m); exits 1 if something"
                            + " still is.")
    private Duration patience;

    public LedgerCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        var registry = new SchemaRegistry(context.target().registry());
        try (var ledger = new KafkaLedger(context.target().kafka(), Topics.of(Topics.DEFAULT_PREFIX, registry))) {
            LedgerBalance balance = balance(ledger);
            print(balance);
            return balance.balanced() && isWaitedFor(balance) ? BALANCED : NOT_BALANCED;
        } catch (RetryableException e) {
            context.console().error(e.getMessage());
            return UNAVAILABLE;
        }
    }

    private LedgerBalance balance(KafkaLedger ledger) throws InterruptedException {
        long begin = System.nanoTime();
        long limit = (patience == null ? SECOND_LOOK : patience).toNanos();
        LedgerBalance balance = ledger.balance();
        while (!(balance.balanced() && isWaitedFor(balance)) && System.nanoTime() - begin < limit) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            balance = ledger.balance();
        }
        return balance;
    }

    private boolean isWaitedFor(LedgerBalance balance) {
        return patience == null || balance.settled();
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
