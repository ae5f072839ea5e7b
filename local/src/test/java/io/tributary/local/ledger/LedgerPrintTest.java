package io.tributary.local.ledger;

import static io.tributary.local.ledger.Entries.LOGS;
import static io.tributary.schemas.ledger.Outcome.ACCEPTED;
import static io.tributary.schemas.ledger.Outcome.DUPLICATE;
import static io.tributary.schemas.ledger.Outcome.PUBLISHED;
import static io.tributary.schemas.ledger.Outcome.STORED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.ledger.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LedgerPrintTest {
    private final LedgerBalance balance = new Entries()
            .partition(LOGS, 0, 0, 1210)
            .slice("a", "otlp/http", 0, ACCEPTED, 1205, PUBLISHED, 1200, Outcome.refused("too_large"), 5)
            .entry("log-indexer", 0, 0, 1190, 0, STORED, 1170, DUPLICATE, 7, Outcome.dropped("late"), 3)
            .committed("log-indexer", 0, 1190)
            .balance();

    @Test
    void jsonHasTheNumbersOfEveryStage() {
        JsonNode json = JsonMapper.shared().readTree(LedgerJson.of(balance));

        assertThat(json.get("balanced").asBoolean()).isFalse();
        assertThat(json.get("unexplained").asLong()).isEqualTo(10);
        JsonNode logs = json.get("signals").get(0);
        assertThat(logs.get("signal").asString()).isEqualTo("logs");
        assertThat(logs.get("accepted").asLong()).isEqualTo(1205);
        assertThat(logs.get("in_topic").asLong()).isEqualTo(1210);
        assertThat(logs.get("entries").get(0).get("refused").get("too_large").asLong())
                .isEqualTo(5);
        assertThat(logs.get("entries").get(0).get("direct").asLong()).isEqualTo(10);
        JsonNode stage = logs.get("stages").get(0);
        assertThat(stage.get("stage").asString()).isEqualTo("log-indexer");
        assertThat(stage.get("stored").asLong()).isEqualTo(1170);
        assertThat(stage.get("duplicates").asLong()).isEqualTo(7);
        assertThat(stage.get("dropped").get("late").asLong()).isEqualTo(3);
        assertThat(stage.get("in_flight").asLong()).isEqualTo(20);
        assertThat(stage.get("unexplained").asLong()).isEqualTo(10);
        assertThat(json.get("differences").get(0).get("to").asLong()).isEqualTo(1190);
    }

    @Test
    void columnsOfTheTableAlign() {
        List<String> lines = LedgerTable.of(balance).lines();

        assertThat(lines).hasSize(3);
        int end = lines.get(0).indexOf("IN TOPIC") + "IN TOPIC".length();
        assertThat(lines.get(1).substring(0, end)).endsWith(" 1210");
        assertThat(lines.get(2).substring(0, end)).endsWith(" 1210");
        assertThat(lines.get(1)).contains("refused too_large 5").endsWith("10 written to the topic directly");
        assertThat(lines.get(2)).contains("late 3");
    }
}
