package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.Signal;
import io.tributary.it.system.RunningPart;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every service, and the Connect worker, is killed three times in a row while all three signals flow. */
@Tag("faults")
@Tag("long")
@ExtendWith(Tributary.Started.class)
class KilledPartsIT {
    private static final List<String> PARTS = List.of(
            "ingest-gateway", "log-indexer", "metrics-aggregator", "trace-assembler", "alert-router", "connect");
    private static final int ROUNDS = 3;
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;

    @Test
    void everyRecordIsThereOnceAlthoughEveryPartIsKilledThreeTimes(Tributary tributary) {
        Chance chance = new Chance();
        Stored stored = new Stored(tributary);
        try (Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load metrics = Load.start(Signal.METRICS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (RunningPart part :
                        chance.shuffled(PARTS.stream().map(tributary::part).toList())) {
                    chance.letPass(Duration.ofSeconds(2));
                    part.kill();
                }
                tributary.up();
            }
            List.of(logs, metrics, spans).forEach(load -> load.finish(RECORDS));
            tributary.balancedLedger();

            stored.exactly(logs);
            stored.exactly(metrics);
            stored.exactly(spans);
            await().atMost(Duration.ofMinutes(5))
                    .untilAsserted(() -> assertThat(stored.rolledUp(metrics)).isEqualTo(metrics.records()));
        }
    }
}
