package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.tributary.it.client.Service;
import io.tributary.it.system.Search;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Thousands of log records; the service that stores them is killed half-way. */
@ExtendWith(Tributary.Started.class)
class LogsScenarioIT {
    private static final int RECORDS = 6000;
    private static final int BURST = 500;
    private static final String RUN = "attributes.test.run";
    private static final String LOGS = "logs-generic-*";

    @Test
    void everyRecordIsStoredOnceAlthoughTheIndexerIsKilled(Tributary tributary) {
        String run = UUID.randomUUID().toString();
        Search search = new Search(tributary);
        try (Service orders = new Service(tributary, "orders");
                Service billing = new Service(tributary, "billing")) {
            send(orders, run, 0, RECORDS / 3);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> search.refreshed().count(LOGS, RUN, run) > 0);
            send(billing, run, RECORDS / 3, 2 * RECORDS / 3);
            tributary.kill("log-indexer");
            send(orders, run, 2 * RECORDS / 3, RECORDS);
        }
        assertThat(search.refreshed().count(LOGS, RUN, run)).isLessThan(RECORDS);
        tributary.up();
        JsonNode ledger = tributary.balancedLedger();

        List<JsonNode> found = search.refreshed().find(LOGS, RUN, run);
        assertThat(found).hasSize(RECORDS);
        assertThat(found.stream()
                        .map(log -> log.at("/attributes/test.number").asInt())
                        .collect(Collectors.toSet()))
                .isEqualTo(IntStream.range(0, RECORDS).boxed().collect(Collectors.toSet()));
        assertThat(search.count(LOGS, RUN, run)).isEqualTo(RECORDS);
        assertThat(found.getFirst().at("/body/text").asString()).startsWith("order ");
        assertThat(found.stream()
                        .map(log -> log.at("/resource/attributes/service.name").asString())
                        .distinct())
                .containsExactlyInAnyOrder("orders", "billing");
        assertThat(found.stream()
                        .map(log -> log.at("/severity_text").asString())
                        .distinct())
                .containsExactlyInAnyOrder("INFO", "ERROR");
        assertThat(ledger.at("/signals")).anySatisfy(signal -> {
            assertThat(signal.get("signal").asString()).isEqualTo("logs");
            assertThat(signal.get("accepted").asLong()).isGreaterThanOrEqualTo(RECORDS);
            assertThat(signal.get("unexplained").asLong()).isZero();
        });
    }

    private static void send(Service service, String run, int from, int to) {
        Logger logger = service.sdk().getLogsBridge().get("scenario");
        for (int number = from; number < to; number++) {
            boolean good = number % 3 > 0;
            logger.logRecordBuilder()
                    .setSeverity(good ? Severity.INFO : Severity.ERROR)
                    .setSeverityText(good ? "INFO" : "ERROR")
                    .setBody("order " + number + (good ? " was placed" : " was refused"))
                    .setAttribute(AttributeKey.stringKey("test.run"), run)
                    .setAttribute(AttributeKey.longKey("test.number"), (long) number)
                    .emit();
            if (number % BURST == BURST - 1) {
                service.flush();
            }
        }
        service.flush();
    }
}
