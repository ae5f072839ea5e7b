package io.tributary.delivery.bulk;

import static io.tributary.delivery.bulk.FaultyGateway.body;
import static io.tributary.delivery.bulk.FaultyGateway.closed;
import static io.tributary.delivery.bulk.FaultyGateway.items;
import static io.tributary.delivery.bulk.FaultyGateway.limit;
import static io.tributary.delivery.bulk.FaultyGateway.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.arena.Slice;
import io.tributary.delivery.elasticsearch.Credentials;
import io.tributary.delivery.elasticsearch.ElasticsearchHttp;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.delivery.elasticsearch.IndexTemplates;
import io.tributary.schemas.failure.Reason;
import io.tributary.servers.fixture.TestElasticsearch;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

class BulkWriterIT {
    private static final BulkSettings SETTINGS = new BulkSettings(
            1 << 20,
            100,
            Duration.ofMillis(50),
            1,
            Duration.ofMillis(10),
            Duration.ofMillis(50),
            Duration.ofMillis(50));

    private final Map<String, Settlement> settled = new ConcurrentHashMap<>();

    @TempDir
    private Path folder;

    private FaultyGateway gateway;
    private ElasticsearchHttp direct;
    private ElasticsearchHttp through;
    private BulkWriter writer;
    private String index;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        index = "bulk-" + test.getTestMethod().orElseThrow().getName().toLowerCase(Locale.ROOT);
        gateway = new FaultyGateway(TestElasticsearch.shared().url());
        direct = new ElasticsearchHttp(
                ElasticsearchSettings.of(TestElasticsearch.shared().url()));
        Files.writeString(folder.resolve("key"), "old\n");
        through(Duration.ofSeconds(20));
    }

    /** The writer, which waits so long for answers through the gateway. */
    private void through(Duration answer) {
        through = new ElasticsearchHttp(new ElasticsearchSettings(
                List.of(URI.create(gateway.url())),
                new Credentials.ApiKey(folder.resolve("key")),
                Optional.empty(),
                Duration.ofSeconds(5),
                answer));
        IndexTemplates templates = new IndexTemplates()
                .index(
                        "bulk-it",
                        "{\"index_patterns\":[\"bulk-*\"],\"template\":{\"settings\":{\"number_of_replicas\":0},"
                                + "\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}}");
        writer = new BulkWriter(through, templates, SETTINGS, BulkObserver.NONE, Clock.systemUTC(), new Random(1));
    }

    @AfterEach
    void stop() {
        writer.close();
        through.close();
        direct.close();
        gateway.close();
    }

    @Test
    void documentsAreStoredOnceEach() throws Exception {
        writer.start();
        submit(0, 250);
        awaitSettled(250);
        assertThat(kinds()).containsExactly(Map.entry("Stored", 250L));
        assertThat(documents()).isEqualTo(250);
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
        assertThat(documents()).isEqualTo(20);
    }

    @Test
    void lostAnswerMakesDuplicatesAndNoSecondDocument() throws Exception {
        gateway.then(gateway.answerLost());
        writer.start();
        submit(0, 30);
        awaitSettled(30);
        assertThat(kinds()).containsOnlyKeys("Duplicate");
        assertThat(documents()).isEqualTo(30);
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
        assertThat(documents()).isEqualTo(100);
    }

    @Test
    void requestsThatTakeTooLongBecomeSmallerUntilTheyAreAnswered() throws Exception {
        gateway.always(gateway.silentAbove(25));
        through.close();
        through(Duration.ofSeconds(2));
        submit(0, 100);
        writer.start();
        awaitSettled(100);
        assertThat(gateway.requests()).startsWith(100, 50, 25);
        assertThat(writer.circuit().interruption()).isEmpty();
        assertThat(documents()).isEqualTo(100);
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
        assertThat(documents()).isEqualTo(59);
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
        await().until(() -> writer.circuit()
                .interruption()
                .filter(why -> why.open() && why.reason().contains("401"))
                .isPresent());
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
        await().until(() -> writer.circuit()
                .interruption()
                .filter(why -> why.open() && why.reason().contains("cluster_block_exception"))
                .isPresent());
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
        await().until(() -> writer.circuit()
                .interruption()
                .filter(Circuit.Interruption::open)
                .isPresent());
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
        through.close();
        through(Duration.ofSeconds(2));
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
        await().until(() -> writer.circuit()
                .interruption()
                .filter(Circuit.Interruption::open)
                .isPresent());
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

    private void awaitSettled(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> settled.size() == count && writer.itemsInFlight() == 0);
    }

    private Map<String, Long> kinds() {
        return settled.values().stream()
                .collect(Collectors.groupingBy(one -> one.getClass().getSimpleName(), Collectors.counting()));
    }

    private long documents() throws Exception {
        return documents(index);
    }

    private long documents(String where) throws Exception {
        call("POST", '/' + where + "/_refresh", "");
        String answer = call("GET", '/' + where + "/_count?filter_path=count", "");
        return Long.parseLong(answer.replaceAll("\\D", ""));
    }

    private String call(String method, String path, String body) throws Exception {
        var answer = direct.send(method, path, body);
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(answer.isSuccess()).as(text).isTrue();
        return text;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
