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
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A store is away for a minute while all three signals flow. */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class StoreAwayIT {
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 1_000;
    private static final int AWAY_SECONDS = 60;
    /** By then more has come than the store's writer may hold, as a record takes half a KiB of memory. */
    private static final int FULL_SECONDS = 40;

    private static final int MEGABYTE = 1 << 20;
    /**
     * What may wait in a process, by its settings: {@code tributary.indexer.in-flight}, two bulk requests, and what is
     * fetched of four partitions; or {@code buffer.max.bytes} of four tasks, and what is fetched of four topics.
     */
    private static final Map<String, Integer> MAY_WAIT =
            Map.of("log-indexer", (24 + 2 * 5 + 4) * MEGABYTE, "connect", (4 * 8 + 4 * 4) * MEGABYTE);
    /** What live heap differs by from one moment to the next. */
    private static final int UNSTEADY = 8 * MEGABYTE;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource({"elasticsearch,log-indexer,METRICS", "questdb,connect,LOGS"})
    void heapIsFlatOthersAreServedAndNothingIsLost(String store, String writer, Signal other, Tributary tributary) {
        Stored stored = new Stored(tributary);
        List<RunningPart> writers =
                MAY_WAIT.keySet().stream().map(tributary::part).toList();
        Map<RunningPart, Long> quiet = heaps(writers);
        try (Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load metrics = Load.start(Signal.METRICS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND)) {
            List<Load> loads = List.of(logs, metrics, spans);
            stored.areComing(loads);
            tributary.part(store).stop();

            // The gateway goes on at the loads' rate, so that records tell how long it has been.
            awaitMore(loads, FULL_SECONDS);
            Map<RunningPart, Long> full = heaps(writers);
            Load undisturbed = Load.of(other, tributary, 10_000);
            stored.hasCome(undisturbed);
            awaitMore(loads, AWAY_SECONDS - FULL_SECONDS);
            System.out.printf("%s away: heap, quiet %s, full %s, later %s%n", store, quiet, full, heaps(writers));
            for (RunningPart part : writers) {
                long allowed = quiet.get(part) + MAY_WAIT.get(part.name()) + UNSTEADY;
                long most = part.name().equals(writer) ? Math.min(allowed, full.get(part) + UNSTEADY) : allowed;
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(part.liveHeap())
                                .as("heap of %s", part.name())
                                .isLessThan(most));
            }

            tributary.up(store);
            loads.forEach(load -> load.finish(RECORDS));
            tributary.balancedLedger();
            loads.forEach(stored::exactly);
            stored.exactly(undisturbed);
        }
    }

    /** Waits until each load has sent for so long. */
    private static void awaitMore(List<Load> loads, int seconds) {
        Map<Load, Integer> before = loads.stream().collect(Collectors.toMap(load -> load, Load::records));
        await().atMost(PATIENCE)
                .until(() ->
                        loads.stream().allMatch(load -> load.records() >= before.get(load) + seconds * PER_SECOND));
    }

    private static Map<RunningPart, Long> heaps(List<RunningPart> parts) {
        return parts.stream().collect(Collectors.toMap(part -> part, RunningPart::liveHeap));
    }
}
