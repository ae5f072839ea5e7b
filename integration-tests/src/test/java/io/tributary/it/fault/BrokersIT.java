package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Brokers;
import io.tributary.it.system.Replicas;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three brokers with three copies of everything, of which two must be written: one broker is killed and comes back,
 * then each is restarted in turn, while all three signals flow.
 */
@Tag("faults")
@Tag("long")
@ExtendWith(Tributary.Started.class)
class BrokersIT {
    private static final List<String> BROKERS = List.of("kafka", "kafka-2", "kafka-3");
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void everyRecordIsThereOnceAlthoughBrokersComeAndGo(@Brokers(3) Tributary tributary) {
        Chance chance = new Chance();
        Stored stored = new Stored(tributary);
        try (Replicas replicas = new Replicas(tributary);
                Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load metrics = Load.start(Signal.METRICS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND)) {
            List<Load> loads = List.of(logs, metrics, spans);
            assertThat(replicas.ofEveryTopic()).containsOnly(BROKERS.size());
            assertThat(replicas.demanded("tributary.logs")).isEqualTo(2);
            stored.areComing(loads);

            String killed = chance.shuffled(BROKERS).getFirst();
            tributary.kill(killed);
            int before = logs.records();
            await("logs are taken while a broker is missing")
                    .atMost(PATIENCE)
                    .until(() -> logs.records() > before + 10 * PER_SECOND);
            tributary.up(killed);
            await("all copies in sync").atMost(PATIENCE).until(replicas::allInSync);
            for (String broker : BROKERS) {
                tributary.part(broker).stop();
                tributary.up(broker);
                await("all copies in sync").atMost(PATIENCE).until(replicas::allInSync);
            }

            loads.forEach(load -> load.finish(RECORDS));
            tributary.balancedLedger();
            loads.forEach(stored::exactly);
        }
    }
}
