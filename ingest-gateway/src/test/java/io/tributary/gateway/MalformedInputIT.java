package io.tributary.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.tributary.gateway.publish.ByteBudget;
import io.tributary.schemas.malformed.Malformed;
import io.tributary.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.json.JsonMapper;

/**
 * Malformed requests in volume, over HTTP and gRPC: each has an answer in the protocol's own terms within seconds, none
 * costs memory for longer than it lasts, and whatever comes through is a record that every reader can read.
 */
@Tag("faults")
class MalformedInputIT {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
    private static final Set<Integer> HTTP_ANSWERS = Set.of(200, 400, 413);
    /** OK, INVALID_ARGUMENT, RESOURCE_EXHAUSTED, UNIMPLEMENTED. */
    private static final Set<String> GRPC_ANSWERS = Set.of("0", "3", "8", "12");

    private static final List<String> SIGNALS = List.of("logs", "traces", "metrics");
    private static final Map<String, Message> PROTOBUF = Map.of(
            "logs", Requests.logs("malformed-", 6),
            "traces", Requests.spans(Requests.span(1, 1), Requests.span(1, 2)),
            "metrics", metrics());

    private static final Map<String, String> JSON = Map.of("logs", """
            {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},
             "scopeLogs":[{"logRecords":[{"timeUnixNano":"1767000000000000000","severityNumber":9,
              "body":{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[{"intValue":"1"},
               {"doubleValue":1.5},{"bytesValue":"AAE="}]}}}]}}},{"body":{"stringValue":"\u00e9\n"}}]}]}]}""", "traces", """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"5b8efff798038103d269b633813fc60c",
             "spanId":"eee19b7ec3c1b174","name":"get","kind":2,"startTimeUnixNano":"1767000000000000000",
             "endTimeUnixNano":1767000000000000001,"events":[{"name":"e"}],"status":{"code":2}}]}]}]}""", "metrics", """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"depth","gauge":{"dataPoints":[
             {"timeUnixNano":"1767000000000000000","asDouble":1.5,"attributes":[{"key":"q","value":{"boolValue":true}}]}]}},
             {"name":"duration","histogram":{"aggregationTemporality":2,"dataPoints":[{"timeUnixNano":"1767000000000000000",
              "count":"3","sum":4,"bucketCounts":["1","2"],"explicitBounds":[10]}]}}]}]}]}""");

    private static GatewayHarness gateway;
    private static WebClient client;

    /** A request as it goes over the wire. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    record Sent(String signal, boolean json, boolean gzip, byte[] body) {
        @Override
        public String toString() {
            return signal + (json ? " json" : " protobuf") + (gzip ? " gzip " : " ") + body.length + " bytes";
        }
    }

    @BeforeContainer
    static void start() {
        gateway = GatewayHarness.start(Map.of("tributary.otlp.max-body", "1MB"));
        client = WebClient.builder("h2c://127.0.0.1:" + gateway.port())
                .responseTimeout(ANSWER_WITHIN)
                .build();
    }

    @AfterContainer
    static void stop() {
        try {
            demandNothingIsLeftOver();
        } finally {
            gateway.close();
        }
    }

    @Property
    void overHttp(@ForAll("requests") Sent sent) throws InvalidProtocolBufferException {
        String type = sent.json() ? OtlpHttpClient.JSON : OtlpHttpClient.PROTOBUF;
        RequestHeadersBuilder headers =
                RequestHeaders.builder(HttpMethod.POST, "/v1/" + sent.signal()).set("content-type", type);
        if (sent.gzip()) {
            headers.set("content-encoding", "gzip");
        }
        AggregatedHttpResponse response =
                client.execute(headers.build(), sent.body()).aggregate().join();
        assertThat(HTTP_ANSWERS).contains(response.status().code());
        assertThat(String.valueOf(response.contentType())).isEqualTo(type);
        if (response.status().code() != 200) {
            String message = sent.json()
                    ? JsonMapper.shared()
                            .readTree(response.contentUtf8())
                            .get("message")
                            .asString()
                    : Status.parseFrom(response.content().array()).getMessage();
            assertThat(message).isNotEmpty();
        }
    }

    @Property
    void overGrpc(@ForAll("calls") Sent sent) {
        String service = switch (sent.signal()) {
            case "logs" -> "logs.v1.LogsService";
            case "traces" -> "trace.v1.TraceService";
            default -> "metrics.v1.MetricsService";
        };
        RequestHeadersBuilder headers = RequestHeaders.builder(
                        HttpMethod.POST, "/opentelemetry.proto.collector." + service + "/Export")
                .set("content-type", "application/grpc")
                .set("te", "trailers");
        if (sent.gzip()) {
            headers.set("grpc-encoding", "gzip");
        }
        AggregatedHttpResponse response =
                client.execute(headers.build(), sent.body()).aggregate().join();
        assertThat(response.status().code()).isEqualTo(200);
        String status =
                response.headers().get("grpc-status", response.trailers().get("grpc-status", "none"));
        assertThat(GRPC_ANSWERS).contains(status);
    }

    @Provide
    Arbitrary<Sent> requests() {
        return Arbitraries.of(SIGNALS)
                .flatMap(signal -> Combinators.combine(
                                Arbitraries.of(true, false), Arbitraries.of(true, false), Arbitraries.of(0, 1, 2))
                        .flatAs((json, gzip, how) ->
                                body(well(signal, json), gzip, how).map(body -> new Sent(signal, json, gzip, body))));
    }

    /** A body that is malformed before it is compressed, or after. */
    private static Arbitrary<byte[]> body(byte[] wellFormed, boolean gzip, int how) {
        Arbitrary<byte[]> plain = how == 0 ? Malformed.random() : Malformed.mutated(wellFormed);
        if (!gzip) {
            return plain;
        }
        return how == 2 ? Malformed.mutated(OtlpHttpClient.gzip(wellFormed)) : plain.map(OtlpHttpClient::gzip);
    }

    @Provide
    Arbitrary<Sent> calls() {
        return Combinators.combine(Arbitraries.of(SIGNALS), Arbitraries.of(true, false), Arbitraries.of(0, 1, 2))
                .flatAs((signal, gzip, how) ->
                        frame(well(signal, false), gzip, how).map(body -> new Sent(signal, false, gzip, body)));
    }

    /** A frame around a malformed message, or a malformed frame. */
    private static Arbitrary<byte[]> frame(byte[] wellFormed, boolean gzip, int how) {
        return how == 2
                ? Malformed.mutated(framed(wellFormed, gzip))
                : body(wellFormed, gzip, how)
                        .map(message -> ByteBuffer.allocate(5 + message.length)
                                .put((byte) (gzip ? 1 : 0))
                                .putInt(message.length)
                                .put(message)
                                .array());
    }

    private static byte[] framed(byte[] message, boolean gzip) {
        byte[] content = gzip ? OtlpHttpClient.gzip(message) : message;
        return ByteBuffer.allocate(5 + content.length)
                .put((byte) (gzip ? 1 : 0))
                .putInt(content.length)
                .put(content)
                .array();
    }

    private static byte[] well(String signal, boolean json) {
        return json
                ? JSON.get(signal).getBytes(StandardCharsets.UTF_8)
                : PROTOBUF.get(signal).toByteArray();
    }

    private static void demandNothingIsLeftOver() {
        ByteBudget budget = gateway.bean(ByteBudget.class);
        Awaitility.await().atMost(ANSWER_WITHIN).until(() -> budget.taken() == 0);
        demandReadable(gateway.topics().logs());
        demandReadable(gateway.topics().spans());
        demandReadable(gateway.topics().metrics());
    }

    private static void demandReadable(Topic<?, ?> topic) {
        gateway.read(topic.name()).forEach(record -> {
            assertThat(topic.decodeKey(record.key())).isNotNull();
            assertThat(topic.decodeValue(record.value())).isNotNull();
        });
    }

    private static Message metrics() {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setTimeUnixNano(Requests.TIME)
                .setAsDouble(1.5)
                .addAttributes(Requests.text("queue", "mail"))
                .build();
        HistogramDataPoint histogram = HistogramDataPoint.newBuilder()
                .setTimeUnixNano(Requests.TIME)
                .setCount(3)
                .setSum(4)
                .addAllBucketCounts(List.of(1L, 2L))
                .addExplicitBounds(10)
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Requests.service("shop"))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder()
                                        .setName("depth")
                                        .setGauge(Gauge.newBuilder()
                                                .addDataPoints(point)
                                                .addDataPoints(point)))
                                .addMetrics(Metric.newBuilder()
                                        .setName("duration")
                                        .setUnit("s")
                                        .setHistogram(Histogram.newBuilder()
                                                .setAggregationTemporality(
                                                        AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                                                .addDataPoints(histogram)))))
                .build();
    }
}
