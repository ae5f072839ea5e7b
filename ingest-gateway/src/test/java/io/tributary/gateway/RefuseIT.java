package io.tributary.gateway;

import static io.tributary.gateway.OtlpHttpClient.JSON;
import static io.tributary.gateway.OtlpHttpClient.PROTOBUF;
import static io.tributary.gateway.OtlpHttpClient.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is refused as a whole, over HTTP and gRPC, and by which answer. */
class RefuseIT {
    private static final int MAX_BODY = 8 << 20;
    private static GatewayHarness gateway;
    private static OtlpHttpClient http;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        gateway = GatewayHarness.start(Map.of("tributary.otlp.max-body", "8MB"));
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

    private static Status status(HttpResponse<byte[]> response) throws InvalidProtocolBufferException {
        return Status.parseFrom(response.body());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    private static String type(HttpResponse<byte[]> response) {
        return response.headers().firstValue("content-type").orElse("");
    }

    @Test
    void whatCannotBeDecodedIsABadRequestWithAStatusInTheRequestsEncoding() throws InvalidProtocolBufferException {
        byte[] garbage = "this is neither".getBytes(StandardCharsets.UTF_8);
        HttpResponse<byte[]> protobuf = http.post("/v1/logs", PROTOBUF, garbage);
        HttpResponse<byte[]> json = http.post("/v1/logs", JSON, garbage);
        HttpResponse<byte[]> notGzip = http.post("/v1/logs", PROTOBUF, garbage, "Content-Encoding", "gzip");
        byte[] cut = gzip(Requests.logs("cut-", 50).toByteArray());
        HttpResponse<byte[]> cutGzip =
                http.post("/v1/logs", PROTOBUF, Arrays.copyOf(cut, cut.length / 2), "Content-Encoding", "gzip");

        for (HttpResponse<byte[]> response : List.of(protobuf, notGzip, cutGzip)) {
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(type(response)).isEqualTo(PROTOBUF);
            assertThat(status(response).getCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
            assertThat(status(response).getMessage()).startsWith("body: not ");
        }
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(type(json)).isEqualTo(JSON);
        assertThat(text(json)).startsWith("{\"code\":3,\"message\":\"body: not JSON");
    }

    @Test
    void otherContentTypesEncodingsPathsAndMethodsAreRefused() {
        byte[] body = Requests.logs("refused-", 1).toByteArray();

        assertThat(http.post("/v1/logs", "text/plain", body).statusCode()).isEqualTo(415);
        assertThat(http.post("/v1/logs", "", body).statusCode()).isEqualTo(415);
        assertThat(http.post("/v1/logs", PROTOBUF, body, "Content-Encoding", "br")
                        .statusCode())
                .isEqualTo(415);
        assertThat(http.post("/v1/profiles", PROTOBUF, body).statusCode()).isEqualTo(404);
        assertThat(http.method("DELETE", "/v1/logs").statusCode()).isEqualTo(405);
        assertThat(gateway.read(gateway.topics().logs().name())).isEmpty();
    }

    @Test
    void aBodyOverTheLimitIsTooLargeAlsoAfterDecompression() throws InvalidProtocolBufferException {
        byte[] zeros = new byte[MAX_BODY * 64];
        byte[] bomb = gzip(zeros);
        assertThat(bomb.length).isLessThan(MAX_BODY / 8);

        HttpResponse<byte[]> large = http.post("/v1/logs", PROTOBUF, new byte[MAX_BODY + 100_000]);
        HttpResponse<byte[]> jsonBomb =
                http.post("/v1/logs", JSON, gzip(spaces(MAX_BODY * 8)), "Content-Encoding", "gzip");
        HttpResponse<byte[]> protobufBomb =
                http.post("/v1/logs", PROTOBUF, gzip(unknownField(MAX_BODY * 2)), "Content-Encoding", "gzip");

        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(status(large).getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(jsonBomb.statusCode()).isEqualTo(413);
        assertThat(protobufBomb.statusCode()).isEqualTo(413);
        // Zeros are no Protobuf, and are found out long before the limit.
        assertThat(http.post("/v1/logs", PROTOBUF, bomb, "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aSmallBodyOfVeryManyRecordsIsTooLargeToo() throws InvalidProtocolBufferException {
        int records = 700_000;
        ScopeLogs.Builder logs = ScopeLogs.newBuilder();
        for (int i = 0; i < records; i++) {
            logs.addLogRecords(LogRecord.getDefaultInstance());
        }
        ExportLogsServiceRequest request = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(logs))
                .build();
        byte[] bomb = gzip(request.toByteArray());
        assertThat(bomb.length).isLessThan(10_000);
        byte[] json = ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + "{},".repeat(records) + "{}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> refused = http.post("/v1/logs", PROTOBUF, bomb, "Content-Encoding", "gzip");

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(status(refused).getMessage()).contains("bytes in memory");
        assertThat(http.post("/v1/logs", JSON, json).statusCode()).isEqualTo(413);
        StatusRuntimeException grpc = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> LogsServiceGrpc.newBlockingStub(channel)
                        .withCompression("gzip")
                        .export(request));
        // Not "too many for now": what the others took was given back.
        assertThat(grpc.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
    }

    private static byte[] spaces(int length) {
        byte[] spaces = new byte[length];
        Arrays.fill(spaces, (byte) ' ');
        return spaces;
    }

    // Log records without content, of which Protobuf must read every byte.
    private static byte[] unknownField(int length) {
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(
                                ScopeLogs.newBuilder().addLogRecords(Requests.log("x".repeat(length), Requests.TIME))))
                .build()
                .toByteArray();
    }

    @Test
    void grpcTellsWhatIsWrongByItsOwnCodes() {
        StatusRuntimeException large = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> LogsServiceGrpc.newBlockingStub(channel).export(Requests.logs("x".repeat(MAX_BODY), 2)));
        Metadata metadata = new Metadata();
        metadata.put(Metadata.Key.of("x-scope-orgid", Metadata.ASCII_STRING_MARSHALLER), "Not A Tenant");
        StatusRuntimeException tenant = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> LogsServiceGrpc.newBlockingStub(channel)
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
                        .export(Requests.logs("no-tenant-", 2)));

        assertThat(large.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
        assertThat(retryInfo(large)).isFalse();
        assertThat(tenant.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.INVALID_ARGUMENT);
        assertThat(tenant.getStatus().getDescription()).contains("X-Scope-OrgID: malformed");
    }

    static boolean retryInfo(StatusRuntimeException e) {
        Metadata trailers = e.getTrailers();
        byte[] details = trailers == null
                ? null
                : trailers.get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
        try {
            return details != null
                    && Status.parseFrom(details).getDetailsList().stream().anyMatch(any -> any.is(RetryInfo.class));
        } catch (InvalidProtocolBufferException bad) {
            throw new AssertionError(bad);
        }
    }

    @Test
    void deepNestingIsRefusedAndDoesNoHarm() {
        String deep = "{\"arrayValue\":{\"values\":[".repeat(2000);
        String json = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":" + deep;

        assertThat(http.post("/v1/logs", JSON, json.getBytes(StandardCharsets.UTF_8))
                        .statusCode())
                .isEqualTo(400);
    }
}
