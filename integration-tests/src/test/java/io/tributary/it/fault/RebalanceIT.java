package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.it.client.Load;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Groups;
import io.tributary.it.system.Instance;
import io.tributary.it.system.RunningPart;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Instances of every service that shares its work, and of Connect's worker, come and go while all three signals flow.
 */
@Tag("faults")
@Tag("long")
@ExtendWith(Tributary.Started.class)
class RebalanceIT {
    /** The parts, and the group of each. */
    private static final Map<String, String> PARTS = Map.of(
            "log-indexer", "log-indexer",
            "metrics-aggregator", "metrics-aggregator",
            "trace-assembler", "trace-assembler",
            "alert-router", "alert-router",
            "connect", "tributary-connect");

    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;
    private static final Duration BETWEEN = Duration.ofSeconds(10);
    /** Five services start at once beside all that runs, which was seen to take them nearly five minutes. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void everyRecordIsThereOnceAlthoughPartitionsMoveAllTheTime(Tributary tributary) {
        Stored stored = new Stored(tributary);
        try (Groups groups = new Groups(tributary);
                Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load metrics = Load.start(Signal.METRICS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND)) {
            List<RunningPart> usual =
                    PARTS.keySet().stream().map(tributary::part).toList();
            List<Instance> further =
                    usual.stream().map(part -> Instance.of(part, tributary)).toList();
            try {
                awaitInstances(2, groups);
                usual.forEach(RunningPart::stop);
                awaitInstances(1, groups);
                tributary.up();
                awaitInstances(2, groups);
            } finally {
                further.forEach(Instance::close);
            }
            awaitInstances(1, groups);
            List<Load> loads = List.of(logs, metrics, spans);
            loads.forEach(load -> load.finish(RECORDS));
            tributary.balancedLedger();

            loads.forEach(stored::exactly);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stored.rolledUp(metrics)).isEqualTo(metrics.records()));
        }
    }

    /** Waits until each group has had so many instances for as long as it is until the next change. */
    private static void awaitInstances(int count, Groups groups) {
        await().during(BETWEEN)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(PARTS.values())
                        .allSatisfy(group -> assertThat(groups.instances(group)).isEqualTo(count)));
    }
}
