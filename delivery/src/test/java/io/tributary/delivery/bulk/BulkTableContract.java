package io.tributary.delivery.bulk;

import static io.tributary.delivery.bulk.FaultyGateway.closed;
import static io.tributary.delivery.bulk.FaultyGateway.items;
import static io.tributary.delivery.bulk.FaultyGateway.limit;
import static io.tributary.delivery.bulk.FaultyGateway.status;
import static io.tributary.delivery.bulk.FaultyGateway.tooLargeTogether;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.delivery.bulk.FaultyGateway.Fault;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every stage that writes to Elasticsearch owes to each of Elasticsearch's answers: nothing is lost, nothing is
 * there twice, nothing is committed that is not settled, and the ledger accounts for every record. A stage's test
 * extends this class and runs the stage, once for all tests, against a gateway before the real Elasticsearch.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BulkTableContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECORDS = 60;
    private static final String OVERLOADED = "es_rejected_execution_exception";
    private static final String BREAKER = "circuit_breaking_exception";

    /** A stage that runs, on topics of its own. */
    public interface Stage extends AutoCloseable {
        /** Sends the well-formed records [from, to) of this tenant, each different from all others. */
        void send(String tenant, int from, int to);

        /** Sends a record whose document the mapping refuses, and returns its value. */
        byte[] sendUnmappable(String tenant);

        /** Sends a record whose document has at least this many bytes. */
        void sendLarge(String tenant, int bytes);

        /** What became of all records sent until now, by outcome, once the ledger tells of each. */
        Map<String, Long> settled();

        /** How many records of this tenant have their documents in the store, each once. */
        long stored(String tenant);

        /** The stage's dead letters. */
        List<DeadLetter> deadLetters();

        /** How many records are committed. */
        long committed();

        /** What operators are told to be in the way. */
        String waitsFor();

        /** Stops it. */
        @Override
        void close();
    }

    private Path folder;

    private FaultyGateway gateway;
    private Stage stage;
    private String tenant;
    private Map<String, Long> before;
    private int lettersBefore;
    private int number;

    /** The real Elasticsearch. */
    protected abstract String elasticsearchUrl();

    /**
     * Runs the stage against this Elasticsearch, with an API key from a file, an answer awaited for at most 10 s, and
     * pauses of at most half a second.
     */
    protected abstract Stage start(String elasticsearchUrl, Path apiKey) throws Exception;

    /** How many records the load has. */
    protected int load() {
        return 100_000;
    }

    @BeforeAll
    void startStage(@TempDir Path temporary) throws Exception {
        folder = temporary;
        gateway = new FaultyGateway(elasticsearchUrl());
        stage = start(gateway.url(), Files.writeString(folder.resolve("key"), "old"));
    }

    @AfterAll
    void stopStage() {
        stage.close();
        gateway.close();
    }

    @BeforeEach
    void remember(TestInfo test) {
        tenant = "bulk" + ++number;
        before = stage.settled();
        lettersBefore = stage.deadLetters().size();
    }

    @AfterEach
    void reset() throws IOException {
        gateway.behave();
    }

    @Test
    void storedItemsAreStored() {
        stage.send(tenant, 0, RECORDS);
        demandEachOnce();
    }

    @Test
    void itemsThatAreThereAlreadyAreDuplicates() throws IOException {
        gateway.always(gateway.answerLost());
        stage.send(tenant, 0, RECORDS);
        // A record's documents may come in several requests, and it is a duplicate if all of them are there.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.stored(tenant)).isPositive());
        gateway.behave();
        demandEachOnce();
        assertThat(outcomes()).containsKey("duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {OVERLOADED, BREAKER})
    void itemsRefusedByAnOverloadedNodeAreSentAgain(String type) {
        gateway.then(20, gateway.someItems(0.3, 429, type, new Random(7)));
        int refused = gateway.refusedItems();
        stage.send(tenant, 0, RECORDS);
        demandEachOnce();
        assertThat(gateway.refusedItems()).isGreaterThan(refused);
    }

    @Test
    void itemThatTheMappingRefusesIsADeadLetter() {
        stage.send(tenant, 0, RECORDS);
        byte[] value = stage.sendUnmappable(tenant);
        stage.send(tenant, RECORDS, 2 * RECORDS);
        demandEachOnce(2 * RECORDS, 1);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.reason()).isEqualTo(Reason.MAPPING);
            assertThat(letter.value()).isEqualTo(value);
            assertThat(letter.offset()).isNotNegative();
            assertThat(letter.partition()).isNotNegative();
        });
    }

    @ParameterizedTest
    @CsvSource({"404,index_closed_exception", "404,index_not_found_exception", "403,cluster_block_exception"})
    void indexThatTakesNothingHoldsEverything(int status, String type) throws IOException {
        demandHeld(items(status, type), type);
        gateway.behave();
        demandEachOnce();
    }

    @Test
    void requestThatIsTooLargeIsSplitAndADocumentThatIsAloneIsADeadLetter() {
        gateway.always(limit(20_000));
        stage.send(tenant, 0, RECORDS);
        stage.sendLarge(tenant, 40_000);
        demandEachOnce(RECORDS, 1);
        assertThat(letters()).extracting(DeadLetter::reason).containsExactly(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void refusedCredentialsHoldEverythingUntilTheyAreReplaced(int status) throws IOException {
        String fresh = "key-for-" + status;
        demandHeld(
                (exchange, body) ->
                        !("ApiKey " + fresh).equals(exchange.getRequestHeaders().getFirst("Authorization"))
                                && status(status).answers(exchange, body),
                "HTTP " + status);
        Files.writeString(folder.resolve("key"), fresh);
        demandEachOnce();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void requestThatFailsIsSentAgain(int status) {
        gateway.then(4, status(status));
        stage.send(tenant, 0, RECORDS);
        demandEachOnce();
    }

    @Test
    void closedConnectionsAndHalfAnswersAreNoAnswers() {
        gateway.then(2, closed()).then(2, gateway.halfAnswered()).then(closed());
        stage.send(tenant, 0, RECORDS);
        demandEachOnce();
    }

    @Test
    void requestThatIsNotAnsweredIsSentAgain() {
        gateway.then(gateway.silent());
        stage.send(tenant, 0, RECORDS);
        demandEachOnce();
    }

    @Test
    void refusedConnectionsHoldEverything() throws IOException {
        long committed = stage.committed();
        gateway.goAway();
        stage.send(tenant, 0, RECORDS);
        await().atMost(PATIENCE).until(() -> stage.waitsFor().contains("ConnectException"));
        assertThat(stage.committed()).isEqualTo(committed);
        gateway.comeBack();
        demandEachOnce();
    }

    @Test
    @Tag("faults")
    void everythingAtOnceUnderLoad() {
        stage.send(tenant, 0, RECORDS);
        gateway.then(3, tooLargeTogether())
                .then(3, status(401))
                .then(3, status(503))
                .then(3, gateway.halfAnswered())
                .then(3, closed())
                .always(gateway.someItems(0.3, 429, OVERLOADED, new Random(11)));
        stage.send(tenant, RECORDS, load());
        demandEachOnce(load(), 0);
    }

    private void demandHeld(Fault fault, String reason) {
        long committed = stage.committed();
        gateway.always(fault);
        int requests = gateway.requests().size();
        stage.send(tenant, 0, RECORDS);
        await().atMost(PATIENCE).until(() -> gateway.requests().size() >= requests + 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.waitsFor()).contains(reason));
        assertThat(stage.committed()).isEqualTo(committed);
        assertThat(stage.stored(tenant)).isZero();
        assertThat(letters()).isEmpty();
    }

    private void demandEachOnce() {
        demandEachOnce(RECORDS, 0);
    }

    /** Whether a document counts as stored or as a duplicate depends on whether an answer got lost on its way. */
    private void demandEachOnce(long records, long deadLettered) {
        Map<String, Long> outcomes = outcomes();
        assertThat(outcomes.keySet()).isSubsetOf("stored", "duplicate", "dead_lettered");
        assertThat(letters()).extracting(DeadLetter::reason).hasSize(Math.toIntExact(deadLettered));
        assertThat(outcomes.getOrDefault("dead_lettered", 0L)).isEqualTo(deadLettered);
        assertThat(outcomes.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(records + deadLettered);
        assertThat(stage.stored(tenant)).isEqualTo(records);
    }

    /** What became of this test's records. */
    private Map<String, Long> outcomes() {
        Map<String, Long> outcomes = new TreeMap<>(stage.settled());
        before.forEach((outcome, count) -> outcomes.merge(outcome, -count, Long::sum));
        outcomes.values().removeIf(count -> count == 0);
        return outcomes;
    }

    private List<DeadLetter> letters() {
        List<DeadLetter> all = stage.deadLetters();
        return all.subList(lettersBefore, all.size());
    }
}
