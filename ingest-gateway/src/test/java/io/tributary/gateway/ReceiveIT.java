package io.tributary.gateway;

import static io.tributary.gateway.OtlpHttpClient.JSON;
import static io.tributary.gateway.OtlpHttpClient.PROTOBUF;
import static io.tributary.gateway.OtlpHttpClient.gzip;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.identity.EventId;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients send over HTTP and gRPC, and what is on Kafka then. */
class ReceiveIT {
    private static GatewayHarness gateway;
    private static OtlpHttpClient http;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        gateway = GatewayHarness.start(Map.of("tributary.otlp.max-body", "8MB", "tributary.otlp.ledger-slice", "2s"));
        http = new OtlpHttpClient(gateway.port());
        channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.otherPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        gateway.close();
    }

    private static Stream<LogRecord> logs(String prefix) {
        return gateway.read(gateway.topics().logs().name()).stream()
                .map(record -> gateway.topics().logs().decodeValue(record.value()))
                .filter(log -> log.getBody() instanceof String body && body.startsWith(prefix));
    }

    /** By the records' bodies. */
    private static Map<Object, List<String>> eventIds() {
        Map<Object, List<String>> ids = new HashMap<>();
        gateway.read(gateway.topics().logs().name()).forEach(record -> {
            Object body = gateway.topics().logs().decodeValue(record.value()).getBody();
            Header id = record.headers().lastHeader(EventId.HEADER);
            ids.computeIfAbsent(body, unseen -> new ArrayList<>())
                    .add(id == null ? "none" : HexFormat.of().formatHex(id.value()));
        });
        return ids;
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String type(HttpResponse<byte[]> response) {
        return response.headers().firstValue("content-type").orElse("");
    }

    @Test
    void protobufOverHttpIsOnKafkaOnceItIsAnswered() {
        HttpResponse<byte[]> response =
                http.post("/v1/logs", PROTOBUF, Requests.logs("http-", 7).toByteArray());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).isEqualTo(PROTOBUF);
        assertThat(response.body()).isEmpty();
        assertThat(logs("http-").map(LogRecord::getBody))
                .containsExactlyInAnyOrder("http-0", "http-1", "http-2", "http-3", "http-4", "http-5", "http-6");
    }

    @Test
    void aRequestThatIsSentAgainMakesRecordsWithTheSameEventIds() {
        byte[] first = Requests.logs("again-", 4).toByteArray();
        byte[] other = Requests.logs("again-other-", 1).toByteArray();
        byte[] withoutTime = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(Requests.log("again-timeless", 0))))
                .build()
                .toByteArray();
        for (byte[] body : List.of(first, other, first, withoutTime)) {
            assertThat(http.post("/v1/logs", PROTOBUF, body).statusCode()).isEqualTo(200);
        }

        Map<Object, List<String>> ids = eventIds();
        List<String> distinct = new ArrayList<>();
        for (String body : List.of("again-0", "again-1", "again-2", "again-3")) {
            assertThat(ids.get(body)).as(body).hasSize(2);
            assertThat(ids.get(body).getFirst())
                    .hasSize(32)
                    .isEqualTo(ids.get(body).getLast());
            distinct.add(ids.get(body).getFirst());
        }
        distinct.addAll(ids.get("again-other-0"));
        assertThat(distinct).hasSize(5).doesNotHaveDuplicates();
        assertThat(ids.get("again-timeless")).containsExactly("none");
    }

    @Test
    void compressedJsonOverHttpIsAnsweredInJson() {
        String json = """
                {"resourceLogs":[{"scopeLogs":[{"logRecords":[
                  {"timeUnixNano":"1767000000000000000","body":{"stringValue":"json-a"}},
                  {"timeUnixNano":1767000000000000001,"body":{"stringValue":"json-b"},"unknown":{"deep":[1,{}]}}]}]}]}""";

        HttpResponse<byte[]> response = http.post(
                "/v1/logs",
                "application/json; charset=utf-8",
                gzip(json.getBytes(StandardCharsets.UTF_8)),
                "Content-Encoding",
                "gzip");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(type(response)).isEqualTo(JSON);
        assertThat(text(response)).isEqualTo("{}");
        assertThat(logs("json-").map(LogRecord::getBody)).containsExactlyInAnyOrder("json-a", "json-b");
    }

    /** As agents send what programs wrote in Latin-1. */
    @Test
    void aByteThatIsNoUtf8SpoilsNeitherItsRecordNorItsRequest() {
        byte[] protobuf = foreign(Requests.logs("foreign-protobuf-", 5).toByteArray());
        byte[] json = foreign(
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"foreign-json-3\"}}]}]}]}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(http.post("/v1/logs", PROTOBUF, protobuf).statusCode()).isEqualTo(200);
        assertThat(http.post("/v1/logs", PROTOBUF, gzip(protobuf), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        assertThat(http.post("/v1/logs", JSON, json).statusCode()).isEqualTo(200);
        assertThat(logs("foreign-protobuf-").map(LogRecord::getBody))
                .hasSize(10)
                .contains("foreign-protobuf-2", "foreign-protobuf-\uFFFD", "foreign-protobuf-4");
        assertThat(logs("foreign-json-").map(LogRecord::getBody)).containsExactly("foreign-json-\uFFFD");
    }

    /** Makes the only 3 behind a hyphen a letter of Latin-1. */
    private static byte[] foreign(byte[] body) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        assertThat(text).containsOnlyOnce("-3");
        return text.replace("-3", "-\u00e1").getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatIsCompressedAnewHasTheSameEventIds() {
        byte[] first = gzip(Requests.logs("anew-", 3).toByteArray());
        byte[] later = first.clone();
        later[4] = 17;
        for (byte[] body : List.of(first, later)) {
            assertThat(http.post("/v1/logs", PROTOBUF, body, "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(200);
        }

        Map<Object, List<String>> ids = eventIds();
        for (String body : List.of("anew-0", "anew-1", "anew-2")) {
            assertThat(ids.get(body)).as(body).hasSize(2).doesNotContain("none");
            assertThat(ids.get(body).getFirst()).isEqualTo(ids.get(body).getLast());
        }
    }

    @Test
    void grpcIsTakenOnBothPortsPlainAndCompressed() throws InterruptedException {
        ManagedChannel other = NettyChannelBuilder.forAddress("127.0.0.1", gateway.port())
                .usePlaintext()
                .build();
        ExportLogsServiceResponse plain =
                LogsServiceGrpc.newBlockingStub(channel).export(Requests.logs("grpc-plain-", 3));
        ExportLogsServiceResponse compressed =
                LogsServiceGrpc.newBlockingStub(other).withCompression("gzip").export(Requests.logs("grpc-gzip-", 5));
        other.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);

        assertThat(plain).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
        assertThat(compressed).isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
        assertThat(logs("grpc-plain-")).hasSize(3);
        assertThat(logs("grpc-gzip-")).hasSize(5);
    }

    @Test
    void anEmptyRequestIsASuccess() {
        assertThat(http.post("/v1/logs", PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(text(http.post("/v1/metrics", JSON, "{}".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("{}");
        assertThat(LogsServiceGrpc.newBlockingStub(channel).export(ExportLogsServiceRequest.getDefaultInstance()))
                .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());
    }

    @Test
    void badSpansAreRefusedByThemselvesWithCountAndReasons() throws InvalidProtocolBufferException {
        byte[] request = Requests.spans(
                        Requests.span(77, 1),
                        Requests.span(77, 2).toBuilder()
                                .setTraceId(ByteString.copyFrom(new byte[16]))
                                .build(),
                        Requests.span(77, 3).toBuilder()
                                .setTraceId(ByteString.copyFrom(new byte[] {1, 2}))
                                .build(),
                        Requests.span(77, 4).toBuilder()
                                .setEndTimeUnixNano(Long.MAX_VALUE)
                                .build(),
                        Requests.span(77, 5))
                .toByteArray();

        HttpResponse<byte[]> response = http.post("/v1/traces", PROTOBUF, request);
        HttpResponse<byte[]> tooLate = http.post("/v1/traces", JSON, """
                {"resourceSpans":[{"scopeSpans":[{"spans":[
                  {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","name":"a"},
                  {"traceId":"5b8efff798038103d269b633813fc60c","spanId":"1234","name":"b"}]}]}]}""".getBytes(StandardCharsets.UTF_8));

        assertThat(response.statusCode()).isEqualTo(200);
        var partial = ExportTraceServiceResponse.parseFrom(response.body()).getPartialSuccess();
        assertThat(partial.getRejectedSpans()).isEqualTo(3);
        assertThat(partial.getErrorMessage())
                .isEqualTo("records refused: 3 of 5 (invalid_trace_id: 2, timestamp_out_of_range: 1)");
        assertThat(gateway.read(gateway.topics().spans().name()))
                .extracting(record ->
                        gateway.topics().spans().decodeValue(record.value()).getName())
                .contains("operation-77-1", "operation-77-5")
                .doesNotContain("operation-77-2", "operation-77-3", "operation-77-4");
        assertThat(tooLate.statusCode()).isEqualTo(200);
        assertThat(text(tooLate))
                .isEqualTo("{\"partialSuccess\":{\"rejectedSpans\":\"2\",\"errorMessage\":"
                        + "\"records refused: 2 of 2 (invalid_span_id: 1, zero_timestamp: 1)\"}}");
    }

    @Test
    void grpcTellsAPartialSuccessToo() {
        var response = TraceServiceGrpc.newBlockingStub(channel)
                .export(Requests.spans(
                        Requests.span(78, 1),
                        Requests.span(78, 2).toBuilder().clearSpanId().build()));

        assertThat(response.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
        assertThat(response.getPartialSuccess().getErrorMessage()).contains("invalid_span_id: 1");
    }

    @Test
    void theTenantComesFromTheHeader() {
        byte[] body = Requests.logs("tenant-", 2).toByteArray();
        http.post("/v1/logs", PROTOBUF, body, "X-Scope-OrgID", "team.a_1");
        http.post("/v1/logs", PROTOBUF, body);

        assertThat(http.post("/v1/logs", PROTOBUF, body, "X-Scope-OrgID", "../evil")
                        .statusCode())
                .isEqualTo(400);
        assertThat(logs("tenant-").map(LogRecord::getTenant))
                .containsExactlyInAnyOrder("team.a_1", "team.a_1", "default", "default");
    }

    @Test
    void aRecordOverTheTopicsLimitIsADeadLetterAndTheRestIsPublished() {
        int limit = gateway.topics().logs().settings().maxMessageBytes();
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(ScopeLogs.newBuilder()
                                .addLogRecords(Requests.log("beside-large-1", Requests.TIME))
                                .addLogRecords(Requests.log("L".repeat(limit + 1), Requests.TIME))
                                .addLogRecords(Requests.log("beside-large-2", Requests.TIME))))
                .build();

        HttpResponse<byte[]> response =
                http.post("/v1/logs", PROTOBUF, request.toByteArray(), "X-Scope-OrgID", "large");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(logs("beside-large-")).hasSize(2);
        List<DeadLetter> letters = gateway.read(gateway.topics().logs().deadLetterName()).stream()
                .map(record -> DeadLetter.read(record).orElseThrow())
                .toList();
        assertThat(letters).hasSize(1);
        DeadLetter letter = letters.getFirst();
        assertThat(letter.reason()).isEqualTo(Reason.TOO_LARGE);
        assertThat(letter.partition()).isEqualTo(-1);
        assertThat(gateway.topics().logs().decodeValue(letter.value()).getBody())
                .isEqualTo("L".repeat(limit + 1));
        Awaitility.await()
                .untilAsserted(() -> assertThat(ledger("large"))
                        .isEqualTo(Map.of("accepted", 3L, "published", 2L, "dead_lettered", 1L)));
    }

    @Test
    void theLedgerBalances() {
        http.post("/v1/logs", PROTOBUF, Requests.logs("ledger-", 9).toByteArray(), "X-Scope-OrgID", "ledger");
        http.post(
                "/v1/traces",
                PROTOBUF,
                Requests.spans(
                                Requests.span(80, 1),
                                Requests.span(80, 2).toBuilder().clearTraceId().build(),
                                Requests.span(80, 3))
                        .toByteArray(),
                "X-Scope-OrgID",
                "ledger");

        Awaitility.await()
                .untilAsserted(() -> assertThat(ledger("ledger"))
                        .isEqualTo(Map.of("accepted", 12L, "published", 11L, "refused:invalid_trace_id", 1L)));
        assertThat(gateway.counted("tributary.gateway.records", "outcome", "refused:invalid_trace_id"))
                .isGreaterThanOrEqualTo(1);
    }

    /** What the newest entry of each key counts for the tenant, added up. */
    private static Map<String, Long> ledger(String tenant) {
        Map<String, LedgerEntry> newest = new HashMap<>();
        gateway.read(gateway.topics().ledger().name())
                .forEach(record -> newest.put(
                        gateway.topics().ledger().decodeKey(record.key()),
                        gateway.topics().ledger().decodeValue(record.value())));
        Map<String, Long> counts = new HashMap<>();
        for (LedgerEntry entry : newest.values()) {
            assertThat(entry.getStage()).isEqualTo("ingest-gateway");
            assertThat(entry.getTo()).isGreaterThan(entry.getFrom());
            for (OutcomeCount count : entry.getCounts()) {
                if (count.getTenant().equals(tenant)) {
                    counts.merge(count.getOutcome(), count.getCount(), Long::sum);
                }
            }
        }
        return counts;
    }
}
