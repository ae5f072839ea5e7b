package io.tributary.delivery.bulk;

import static io.tributary.delivery.bulk.FaultyGateway.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.delivery.arena.Slice;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of documents that come again after their data stream rolled over. */
class ReplayCheckIT extends BulkWriterBench {
    @Test
    void replayAfterARolloverFindsWhatTheOlderIndexHas() throws Exception {
        dataStream();
        writer.start();
        submitLogs(0, 50, 0);
        awaitSettled(50);
        settled.clear();
        call("POST", '/' + stream() + "/_rollover", "");

        // This writer has not heard of the rollover; the second one asks before it writes.
        submitLogs(0, 60, 0);
        awaitSettled(60);
        assertThat(kinds()).containsOnly(Map.entry("Duplicate", 50L), Map.entry("Stored", 10L));
        assertThat(documents(stream())).isEqualTo(60);
        settled.clear();
        submitLogs(0, 60, 0);
        awaitSettled(60);
        assertThat(kinds()).containsOnly(Map.entry("Duplicate", 60L));
        assertThat(documents(stream())).isEqualTo(60);
    }

    @Test
    void whatAnUnansweredRequestLeftBeforeARolloverIsWrittenOnce() throws Exception {
        patience(Duration.ofSeconds(2));
        dataStream();
        submitLogs(0, 1, 0);
        gateway.then(FaultyGateway.Fault.NONE)
                .then(gateway.carriedOutUnanswered(() -> call("POST", '/' + stream() + "/_rollover", "")));
        writer.start();
        awaitSettled(1);
        submitLogs(1, 61, 0);
        awaitSettled(61);
        assertThat(call("GET", '/' + stream() + "/_settings/index.creation_date", ""))
                .as("it rolled over")
                .contains("-000002\"");
        assertThat(documents(stream())).isEqualTo(61);
    }

    @Test
    void anAnswerThatNobodyThoughtOfHoldsTheBatchAndEndsNobody() throws Exception {
        dataStream();
        writer.start();
        submitLogs(0, 10, 0);
        awaitSettled(10);
        settled.clear();
        call("POST", '/' + stream() + "/_rollover", "");
        gateway.alwaysOnLookUps(body("true"));

        // This writer hears of the rollover by the answer, and then looks up what is doubled.
        submitLogs(0, 20, 0);
        awaitOpen("IndexOutOfBoundsException");
        assertThat(settled).isEmpty();
        gateway.alwaysOnLookUps(FaultyGateway.Fault.NONE);
        awaitSettled(20);
        assertThat(documents(stream())).isEqualTo(20);
    }

    @Test
    void recordsYoungerThanTheRolloverAreNotLookedFor() throws Exception {
        dataStream();
        writer.start();
        submitLogs(0, 10, 0);
        awaitSettled(10);
        settled.clear();
        call("POST", '/' + stream() + "/_rollover", "");
        long later = System.currentTimeMillis() + Duration.ofMinutes(10).toMillis();
        submitLogs(0, 10, later);
        awaitSettled(10);
        assertThat(kinds()).containsOnly(Map.entry("Stored", 10L));
        assertThat(documents(stream())).isEqualTo(20);
    }

    private void dataStream() throws Exception {
        call(
                "PUT",
                "/_index_template/" + index,
                "{\"index_patterns\":[\"" + stream() + "\"],\"priority\":9,\"data_stream\":{}}");
    }

    private String stream() {
        return "stream-" + index;
    }

    private void submitLogs(int from, int to, long kafkaMillis) {
        for (int number = from; number < to; number++) {
            String id = "log" + number;
            Slice source = Slice.of(bytes("{\"@timestamp\":\"2026-01-02T03:04:05Z\",\"n\":" + number + "}"));
            writer.submit(
                    BulkItem.create(stream(), id, source, kafkaMillis, settlement -> settled.put(id, settlement)));
        }
    }
}
