package io.tributary.gateway;

import static io.tributary.gateway.OtlpHttpClient.PROTOBUF;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.linecorp.armeria.server.Server;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that hold on to what they were given: requests that they do not end, connections that they do not use. */
class SlowClientIT {
    private static final int MAX_CONNECTIONS = 8;
    private static GatewayHarness gateway;

    @BeforeAll
    static void start() {
        gateway = GatewayHarness.start(
                Map.of("tributary.otlp.read-timeout", "500ms", "tributary.otlp.max-connections", MAX_CONNECTIONS));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    private static Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), gateway.port());
    }

    private static void begin(Socket socket, String type) throws IOException {
        String head =
                "POST /v1/logs HTTP/1.1\r\nHost: gateway\r\nContent-Type: " + type + "\r\nContent-Length: 100\r\n\r\n{";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static String answer(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        for (int next = in.read(); next >= 0 && text.indexOf("\r\n\r\n") < 0; next = in.read()) {
            text.append((char) next);
        }
        return text.toString();
    }

    /** The answer to a request that does not end; empty if the connection is closed. */
    private static String answered(Socket socket) throws IOException {
        try {
            begin(socket, PROTOBUF);
            return answer(socket);
        } catch (SocketException e) {
            // Closed with something unread, which is a reset.
            return "";
        }
    }

    @Test
    void aRequestThatDoesNotEndIsToldWhenToComeAgain() throws IOException {
        try (Socket protobuf = connect();
                Socket json = connect()) {
            begin(protobuf, PROTOBUF);
            begin(json, OtlpHttpClient.JSON);

            assertThat(answer(protobuf))
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("retry-after: 1\r\n")
                    .containsIgnoringCase("content-type: " + PROTOBUF);
            assertThat(answer(json))
                    .startsWith("HTTP/1.1 503")
                    .containsIgnoringCase("retry-after: 1\r\n")
                    .containsIgnoringCase("content-type: " + OtlpHttpClient.JSON);
        }
    }

    @Test
    void aCallThatDoesNotEndIsToldWhenToComeAgain() throws InterruptedException {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", gateway.otherPort())
                .usePlaintext()
                .build();
        try {
            CompletableFuture<StatusRuntimeException> closed = new CompletableFuture<>();
            var call = channel.newCall(LogsServiceGrpc.getExportMethod(), CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<ExportLogsServiceResponse>() {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            closed.complete(status.asRuntimeException(trailers));
                        }
                    },
                    new Metadata());
            call.request(1);

            StatusRuntimeException answer = closed.join();
            assertThat(answer.getStatus().getCode().value()).isEqualTo(Code.UNAVAILABLE_VALUE);
            assertThat(RefuseIT.retryInfo(answer)).isTrue();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAndTheOthersServed() throws IOException {
        Awaitility.await().until(() -> gateway.bean(Server.class).numConnections() == 0);
        List<Socket> opened = new ArrayList<>();
        try {
            for (int i = 0; i < MAX_CONNECTIONS + 1; i++) {
                Socket socket = connect();
                opened.add(socket);
            }
            List<String> answers = new ArrayList<>();
            for (Socket socket : opened) {
                answers.add(answered(socket));
            }

            assertThat(answers)
                    .filteredOn(text -> text.startsWith("HTTP/1.1 503"))
                    .hasSize(MAX_CONNECTIONS);
            assertThat(answers).filteredOn(String::isEmpty).hasSize(1);
        } finally {
            for (Socket socket : opened) {
                socket.close();
            }
        }
    }
}
