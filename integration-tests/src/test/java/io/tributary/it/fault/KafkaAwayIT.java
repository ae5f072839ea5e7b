package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.tributary.it.client.Load;
import io.tributary.it.client.PatientService;
import io.tributary.it.client.Signal;
import io.tributary.it.system.RunningPart;
import io.tributary.it.system.Search;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kafka is away for a minute while clients send: loads of all three signals, and an application with an SDK. */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class KafkaAwayIT {
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 500;
    private static final Duration AWAY = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** The gateway's own bound on what may wait in it: {@code tributary.otlp.max-bytes-waiting}. */
    private static final long BOUND = 32 << 20;

    private static final int ORDERS = 9_000;
    private static final String RUN = "attributes.test.run";
    private static final Set<Integer> TAKEN_OR_LATER = Set.of(0, 200, 429, 503);

    @Test
    void clientsAreToldToComeAgainAndLoseNothing(Tributary tributary) {
        Stored stored = new Stored(tributary);
        Search search = new Search(tributary);
        String run = UUID.randomUUID().toString();
        try (Load logs = Load.start(Signal.LOGS, tributary, PER_SECOND);
                Load metrics = Load.start(Signal.METRICS, tributary, PER_SECOND);
                Load spans = Load.start(Signal.SPANS, tributary, PER_SECOND);
                PatientService application = new PatientService(tributary, "orders")) {
            List<Load> loads = List.of(logs, metrics, spans);
            order(application, run, 0, ORDERS / 3);
            stored.areComing(loads);
            RunningPart gateway = tributary.part("ingest-gateway");
            tributary.kill("kafka");
            order(application, run, ORDERS / 3, 2 * ORDERS / 3);
            await().during(AWAY)
                    .atMost(PATIENCE)
                    .until(() ->
                            tributary.meter("INGEST_GATEWAY_MANAGEMENT", "tributary_gateway_bytes_waiting") <= BOUND);
            assertThat(gateway.isAlive()).as("the gateway still runs").isTrue();
            System.out.printf("kafka away: the gateway occupies %d MiB%n", gateway.resident() >> 20);
            tributary.up("kafka");
            order(application, run, 2 * ORDERS / 3, ORDERS);
            application.flush();
            loads.forEach(load -> load.finish(RECORDS));

            for (Load load : loads) {
                System.out.println("kafka away: answers to " + load.signal() + ": " + load.answers());
                assertThat(load.answers().keySet()).isSubsetOf(TAKEN_OR_LATER).containsAnyOf(429, 503);
            }
            tributary.balancedLedger();
            loads.forEach(stored::exactly);
            assertThat(search.refreshed().find("logs-generic-*", RUN, run).stream()
                            .map(log -> log.at("/attributes/test.number").asInt())
                            .collect(Collectors.toList()))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, ORDERS).boxed().toList());
        }
    }

    private static void order(PatientService application, String run, int from, int to) {
        Logger logger = application.sdk().getLogsBridge().get("scenario");
        for (int number = from; number < to; number++) {
            logger.logRecordBuilder()
                    .setBody("order " + number + " was placed")
                    .setAttribute(AttributeKey.stringKey("test.run"), run)
                    .setAttribute(AttributeKey.longKey("test.number"), (long) number)
                    .emit();
        }
    }
}
