package io.tributary.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.ledger.LedgerKey;
import io.tributary.schemas.ledger.Outcome;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimeSlicesTest {
    private static final Topics TOPICS = Topics.of("", new SchemaRegistry("mock://slices"));
    private final TimeSlices slices = new TimeSlices("run-1", 10_000, 1_000);
    private final Map<String, LedgerEntry> ledger = new HashMap<>();

    private void count(String protocol, String tenant, long records) {
        slices.count(protocol, TOPICS.logs(), tenant, Map.of(Outcome.ACCEPTED, records, Outcome.PUBLISHED, records));
    }

    private List<LedgerEntry> publish(long now, boolean acknowledged) {
        List<LedgerEntry> due = slices.due(now);
        if (acknowledged) {
            due.forEach(entry -> ledger.put(LedgerKey.of(entry), entry));
        }
        slices.published(acknowledged);
        return due;
    }

    private long published() {
        return ledger.values().stream()
                .flatMap(entry -> entry.getCounts().stream())
                .filter(count -> count.getOutcome().equals("published"))
                .mapToLong(count -> count.getCount())
                .sum();
    }

    @Test
    void anOpenSliceReplacesItselfAndTheNextOneAdds() {
        count("otlp/http", "a", 2);
        publish(2_000, true);
        count("otlp/http", "b", 3);
        publish(3_000, true);
        assertThat(ledger).hasSize(1);
        assertThat(published()).isEqualTo(5);

        count("otlp/http", "a", 7);
        publish(11_500, true);
        count("otlp/http", "a", 11);
        count("otlp/grpc", "a", 13);
        publish(12_000, true);

        assertThat(ledger).hasSize(3);
        assertThat(published()).isEqualTo(36);
        assertThat(ledger.get("ingest-gateway/run-1/otlp/http/logs/1000").getTo())
                .isEqualTo(11_500);
        assertThat(ledger.get("ingest-gateway/run-1/otlp/http/logs/11500").getTo())
                .isEqualTo(12_000);
    }

    @Test
    void nothingIsDueUnlessSomethingWasCounted() {
        assertThat(publish(5_000, true)).isEmpty();
        count("otlp/http", "a", 1);
        assertThat(publish(6_000, true)).hasSize(1);
        assertThat(publish(7_000, true)).isEmpty();
        assertThat(publish(60_000, true)).isEmpty();
    }

    @Test
    void whatWasNotAcknowledgedIsDueAgainAndTheOpenSliceGrows() {
        count("otlp/http", "a", 1);
        publish(12_000, false);
        count("otlp/http", "a", 2);
        publish(30_000, false);
        count("otlp/http", "a", 4);
        publish(90_000, false);
        assertThat(publish(91_000, true)).hasSize(2);

        assertThat(ledger).hasSize(2);
        assertThat(published()).isEqualTo(7);
        publish(92_000, true);
        count("otlp/http", "a", 8);
        publish(93_000, true);
        assertThat(published()).isEqualTo(15);
    }

    @Test
    void anEntryFitsItsTopicHoweverManyTenantsThereAre() {
        int tenants = 100_000;
        for (int tenant = 0; tenant < tenants; tenant++) {
            count("otlp/http", "a-tenant-with-a-long-name-" + tenant, 1);
        }
        publish(2_000, true);
        LedgerEntry entry = ledger.get("ingest-gateway/run-1/otlp/http/logs/1000");
        assertThat(TOPICS.ledger().encodeValue(entry)).hasSizeLessThan(1 << 20);
        assertThat(entry.getCounts()).hasSizeGreaterThan(1_000);
        assertThat(published()).isEqualTo(tenants);
    }
}
