package io.tributary.gateway;

import static io.tributary.gateway.OtlpHttpClient.PROTOBUF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.tributary.gateway.publish.ByteBudget;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.servers.fixture.TestKafka;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Kafka goes away and comes back: clients are told to come again, memory stays bounded, and what was taken is there.
 */
class KafkaAwayIT {
    private static final int BUDGET = 1 << 20;
    private static final int REQUESTS = 150;
    private static final String PADDING = "p".repeat(2000);

    @Test
    void nothingThatWasAnsweredIsLostAndMemoryIsBounded() throws Exception {
        try (TestKafka kafka = TestKafka.start();
                GatewayHarness gateway = GatewayHarness.start(
                        kafka,
                        Map.of(
                                "tributary.otlp.max-body", "1MB",
                                "tributary.otlp.max-bytes-waiting", "1MB",
                                "tributary.otlp.delivery-timeout", "2s",
                                "tributary.otlp.patience", "100ms"))) {
            OtlpHttpClient http = new OtlpHttpClient(gateway.port());
            Set<String> answered = new java.util.HashSet<>();
            send(http, answered, "before-");
            assertThat(answered).hasSize(10);

            kafka.stop();
            List<CompletableFuture<HttpResponse<byte[]>>> away = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                away.add(http.postLater(
                        "/v1/logs",
                        PROTOBUF,
                        Requests.logs("away-" + i + "-" + PADDING, 10).toByteArray()));
            }
            int highest = 0;
            ByteBudget budget = gateway.bean(ByteBudget.class);
            while (!away.stream().allMatch(CompletableFuture::isDone)) {
                highest = Math.max(highest, budget.taken());
                Thread.onSpinWait();
            }
            assertThat(highest).isBetween(1, BUDGET);
            for (CompletableFuture<HttpResponse<byte[]>> one : away) {
                HttpResponse<byte[]> response = one.join();
                assertThat(response.statusCode()).isIn(429, 503);
                assertThat(response.headers().firstValue("retry-after")).hasValue("1");
                assertThat(Status.parseFrom(response.body()).getMessage()).isNotEmpty();
            }
            assertThat(away).extracting(one -> one.join().statusCode()).contains(503);
            grpcIsUnavailable(gateway.otherPort());
            Awaitility.await().untilAsserted(() -> assertThat(budget.taken()).isZero());
            whatFindsNoRoomIsTooMany(http, budget);

            kafka.restart();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> http.post(
                                            "/v1/logs",
                                            PROTOBUF,
                                            Requests.logs("probe-", 1).toByteArray())
                                    .statusCode()
                            == 200);
            send(http, answered, "after-");

            Set<String> stored = gateway.read(gateway.topics().logs().name()).stream()
                    .map(record -> (String)
                            gateway.topics().logs().decodeValue(record.value()).getBody())
                    .collect(Collectors.toSet());
            assertThat(answered).hasSize(20);
            assertThat(stored).containsAll(answered);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Map<String, Long> counts = ledger(gateway);
                assertThat(counts.get("published")).isGreaterThanOrEqualTo(21);
                assertThat(counts.get("refused:unavailable")).isGreaterThanOrEqualTo(10);
                assertThat(counts.get("accepted"))
                        .isEqualTo(counts.get("published") + counts.get("refused:unavailable"));
            });
        }
    }

    /** Whether bodies fill the budget before their records do is a matter of speed: here it is full. */
    private static void whatFindsNoRoomIsTooMany(OtlpHttpClient http, ByteBudget budget) {
        assertThat(budget.tryTake(BUDGET)).isTrue();
        HttpResponse<byte[]> response =
                http.post("/v1/logs", PROTOBUF, Requests.logs("no-room", 1).toByteArray());
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("retry-after")).hasValue("1");
        budget.giveBack(BUDGET);
    }

    private static void send(OtlpHttpClient http, Set<String> answered, String prefix) {
        assertThat(http.post("/v1/logs", PROTOBUF, Requests.logs(prefix, 10).toByteArray())
                        .statusCode())
                .isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            answered.add(prefix + i);
        }
    }

    private static void grpcIsUnavailable(int port) throws InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        StatusRuntimeException failure = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> LogsServiceGrpc.newBlockingStub(channel).export(Requests.logs("grpc-away-", 3)));
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);

        assertThat(failure.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.UNAVAILABLE);
        assertThat(RefuseIT.retryInfo(failure)).isTrue();
    }

    private static Map<String, Long> ledger(GatewayHarness gateway) {
        Map<String, LedgerEntry> newest = new HashMap<>();
        gateway.read(gateway.topics().ledger().name())
                .forEach(record -> newest.put(
                        gateway.topics().ledger().decodeKey(record.key()),
                        gateway.topics().ledger().decodeValue(record.value())));
        return newest.values().stream()
                .flatMap(entry -> entry.getCounts().stream())
                .collect(Collectors.groupingBy(
                        OutcomeCount::getOutcome, Collectors.summingLong(OutcomeCount::getCount)));
    }
}
