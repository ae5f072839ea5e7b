package io.tributary.delivery.bulk;

import static io.tributary.delivery.bulk.FaultyGateway.closed;
import static io.tributary.delivery.bulk.FaultyGateway.items;
import static io.tributary.delivery.bulk.FaultyGateway.limit;
import static io.tributary.delivery.bulk.FaultyGateway.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.schemas.failure.Reason;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Elasticsearch's answers, and defects of ours, lead to. */
class BulkWriterIT extends BulkWriterBench {
    @Test
    void documentsAreStoredOnceEach() throws Exception {
        writer.start();
        submit(0, 250);
        awaitSettled(250);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 250L));
        assertThat(documents(index)).isEqualTo(250);
        assertThat(gateway.requests()).allMatch(size -> size <= 100);
        assertThat(writer.bytesInFlight()).isZero();
    }

    @Test
    void secondWriteIsADuplicate() throws Exception {
        writer.start();
        submit(0, 20);
        awaitSettled(20);
        settled.clear();
        submit(0, 20);
        awaitSettled(20);
        assertThat(kinds()).containsExactly(Map.entry("Duplicate", 20L));
        assertThat(documents(index)).isEqualTo(20);
    }

    @Test
    void lostAnswerMakesDuplicatesAndNoSecondDocument() throws Exception {
        gateway.then(gateway.answerLost());
        writer.start();
        submit(0, 30);
        awaitSettled(30);
        assertThat(kinds()).containsOnlyKeys("Duplicate");
        assertThat(documents(index)).isEqualTo(30);
    }

    @Test
    void closedConnectionsAndServerErrorsAreTriedAgain() throws Exception {
        gateway.then(closed())
                .then(status(500))
                .then(status(503))
                .then(status(502))
                .then(closed());
        writer.start();
        submit(0, 30);
        awaitSettled(30);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 30L));
        assertThat(writer.circuit().interruption()).isEmpty();
    }

    @Test
    void overloadMakesRequestsSmaller() throws Exception {
        gateway.then(status(429)).then(items(429, "es_rejected_execution_exception"));
        submit(0, 100);
        writer.start();
        awaitSettled(100);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 100L));
        assertThat(gateway.requests().subList(0, 3)).containsExactly(100, 50, 25);
        assertThat(documents(index)).isEqualTo(100);
    }

    @Test
    void requestsThatTakeTooLongBecomeSmallerUntilTheyAreAnswered() throws Exception {
        gateway.always(gateway.silentAbove(25));
        patience(Duration.ofSeconds(2));
        submit(0, 100);
        writer.start();
        awaitSettled(100);
        assertThat(gateway.requests()).startsWith(100, 50, 25);
        assertThat(writer.circuit().interruption()).isEmpty();
        assertThat(documents(index)).isEqualTo(100);
    }

    @Test
    void requestThatIsTooLargeIsSplitUntilOnlyTheLargeDocumentIsLeft() throws Exception {
        gateway.then(1000, limit(20_000));
        submit(0, 40);
        writer.submit(item(40, "{\"n\":40,\"text\":\"" + "x".repeat(30_000) + "\"}"));
        submit(41, 60);
        writer.start();
        awaitSettled(60);
        assertThat(kinds()).containsOnly(Map.entry("Stored", 59L), Map.entry("Rejected", 1L));
        assertThat(settled.get("40"))
                .isInstanceOfSatisfying(
                        Settlement.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.TOO_LARGE));
        assertThat(documents(index)).isEqualTo(59);
    }

    @Test
    void documentThatTheMappingRefusesIsRejectedAloneAndWithoutItsValue() throws Exception {
        writer.start();
        submit(0, 9);
        writer.submit(item(9, "{\"n\":\"secret\"}"));
        writer.submit(item(10, "{\"n\":10"));
        submit(11, 20);
        awaitSettled(20);
        assertThat(kinds()).containsOnly(Map.entry("Stored", 18L), Map.entry("Rejected", 2L));
        Settlement.Rejected refused = (Settlement.Rejected) settled.get("9");
        assertThat(refused.reason()).isEqualTo(Reason.MAPPING);
        assertThat(refused.message()).contains("document_parsing_exception").doesNotContain("secret");
    }

    @Test
    void documentThatSpoilsItsRequestIsFoundAndRejected() throws Exception {
        submit(0, 50);
        BulkItem spoiled = BulkItem.create(
                index, "i".repeat(600), bytes("{\"n\":1}"), settlement -> settled.put("spoiled", settlement));
        writer.submit(spoiled);
        submit(50, 60);
        writer.start();
        awaitSettled(61);
        assertThat(kinds()).containsOnly(Map.entry("Stored", 60L), Map.entry("Rejected", 1L));
        assertThat(settled.get("spoiled"))
                .isInstanceOfSatisfying(
                        Settlement.Rejected.class,
                        rejected -> assertThat(rejected.reason()).isEqualTo(Reason.STORE_REFUSED));
    }

    @Test
    void refusedCredentialsOpenTheCircuitAndAreReadAgain() throws Exception {
        gateway.then(
                40,
                (exchange, body) ->
                        "ApiKey old".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                                && status(401).answers(exchange, body));
        writer.start();
        submit(0, 10);
        awaitOpen("401");
        assertThat(settled).isEmpty();

        Files.writeString(folder.resolve("key"), "new");
        awaitSettled(10);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 10L));
        assertThat(gateway.authorizations()).startsWith("ApiKey old").endsWith("ApiKey new");
        assertThat(writer.circuit().interruption()).isEmpty();
    }

    @Test
    void readOnlyIndexHoldsEverythingUntilSomebodyMendsIt() throws Exception {
        call("PUT", '/' + index, "");
        call("PUT", '/' + index + "/_settings", "{\"index.blocks.write\":true}");
        writer.start();
        submit(0, 10);
        awaitOpen("cluster_block_exception");
        assertThat(settled).isEmpty();

        call("PUT", '/' + index + "/_settings", "{\"index.blocks.write\":false}");
        awaitSettled(10);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 10L));
    }

    @Test
    void closedIndexHoldsEverythingUntilItIsOpen() throws Exception {
        call("PUT", '/' + index, "");
        call("POST", '/' + index + "/_close", "");
        writer.start();
        submit(0, 10);
        awaitOpen("");
        call("POST", '/' + index + "/_open", "");
        awaitSettled(10);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 10L));
    }

    @Test
    void higherVersionWinsAndLowerOneIsADuplicate() throws Exception {
        writer.start();
        for (long version : new long[] {2, 1, 3}) {
            writer.submit(BulkItem.indexVersion(
                    index,
                    "same",
                    version,
                    bytes("{\"n\":" + version + "}"),
                    settlement -> settled.put("v" + version, settlement)));
            await().until(() -> settled.containsKey("v" + version));
        }
        assertThat(settled.get("v1")).isInstanceOf(Settlement.Duplicate.class);
        assertThat(call("GET", '/' + index + "/_doc/same", "")).contains("\"n\":3");
    }

    @Test
    void anErrorHoldsTheBatchAndEndsNobody() throws Exception {
        whenAnswered = () -> {
            throw new NoClassDefFoundError("scripted");
        };
        writer.start();
        submit(0, 10);
        awaitOpen("NoClassDefFoundError");
        assertThat(settled).isEmpty();

        whenAnswered = () -> {};
        awaitSettled(10);
        assertThat(kinds()).as("written before the error").containsExactly(Map.entry("Duplicate", 10L));
        assertThat(writer.circuit().interruption()).isEmpty();
        assertThat(documents(index)).isEqualTo(10);
    }

    @Test
    void anErrorBeforeTheFirstDocumentEndsNobody() throws Exception {
        templates.index("bulk-it", null);
        writer.start();
        awaitOpen("NullPointerException");

        templates.index("bulk-it", TEMPLATE);
        submit(0, 10);
        awaitSettled(10);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 10L));
    }

    @Test
    void aCompletionThatFailsKeepsNothingElseFromBeingSettled() {
        writer.submit(BulkItem.create(index, "broken", bytes("{\"n\":1}"), _ -> {
            throw new NoClassDefFoundError("scripted");
        }));
        submit(0, 10);
        writer.start();
        awaitSettled(10);
        submit(10, 20);
        awaitSettled(20);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 20L));
    }

    private void submit(int from, int to) {
        for (int number = from; number < to; number++) {
            writer.submit(item(number, "{\"n\":" + number + "}"));
        }
    }

    private BulkItem item(int number, String source) {
        String id = Integer.toString(number);
        return BulkItem.create(index, id, bytes(source), settlement -> {
            assertThat(settled.put(id, settlement)).as("settled once").isNull();
        });
    }
}
