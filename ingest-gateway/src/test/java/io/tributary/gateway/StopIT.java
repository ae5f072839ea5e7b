package io.tributary.gateway;

import static io.tributary.gateway.OtlpHttpClient.PROTOBUF;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.gateway.publish.ByteBudget;
import io.tributary.schemas.avro.LedgerEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A gateway that is stopped in the middle of its work. */
class StopIT {
    private static final int GONE = 40;

    @Test
    void whatIsInFlightIsAnsweredAndTheLedgerIsWhole() {
        GatewayHarness gateway = GatewayHarness.start(Map.of("tributary.otlp.linger", "50ms"));
        OtlpHttpClient http = new OtlpHttpClient(gateway.port());
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(http.postLater(
                    "/v1/logs", PROTOBUF, Requests.logs("stop-" + i + "-", 5).toByteArray()));
        }
        answers.getFirst().join();
        gateway.close();

        Set<String> taken = new HashSet<>();
        for (int i = 0; i < answers.size(); i++) {
            CompletableFuture<Integer> status =
                    answers.get(i).handle((response, failure) -> failure == null ? response.statusCode() : 0);
            if (status.join() == 200) {
                for (int j = 0; j < 5; j++) {
                    taken.add("stop-" + i + "-" + j);
                }
            }
        }
        Set<String> stored = stored(gateway);

        assertThat(taken).isNotEmpty();
        assertThat(stored).containsAll(taken).hasSize((int) published(gateway));
    }

    @Test
    void whatAClientThatHasGoneSentIsInTheLedgerTooWhenItIsOnKafka() throws IOException {
        GatewayHarness gateway =
                GatewayHarness.start(Map.of("tributary.otlp.linger", "20s", "tributary.otlp.delivery-timeout", "60s"));
        byte[] body = Requests.logs("gone-", GONE).toByteArray();
        String head = "POST /v1/logs HTTP/1.1\r\nHost: gateway\r\nContent-Type: " + PROTOBUF + "\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            // More than the body takes: its records are with the producer, and wait for their batch.
            Awaitility.await().until(() -> gateway.bean(ByteBudget.class).taken() > GONE * 512);
            // A client that is killed: the gateway is told at once.
            socket.setSoLinger(true, 0);
        }
        gateway.close();

        assertThat(stored(gateway)).hasSize(GONE);
        assertThat(published(gateway)).isEqualTo(GONE);
    }

    private static Set<String> stored(GatewayHarness gateway) {
        return gateway.read(gateway.topics().logs().name()).stream()
                .map(record -> (String)
                        gateway.topics().logs().decodeValue(record.value()).getBody())
                .collect(Collectors.toSet());
    }

    private static long published(GatewayHarness gateway) {
        Map<String, LedgerEntry> newest = new HashMap<>();
        gateway.read(gateway.topics().ledger().name())
                .forEach(record -> newest.put(
                        gateway.topics().ledger().decodeKey(record.key()),
                        gateway.topics().ledger().decodeValue(record.value())));
        return newest.values().stream()
                .flatMap(entry -> entry.getCounts().stream())
                .filter(count -> count.getOutcome().equals("published"))
                .mapToLong(count -> count.getCount())
                .sum();
    }
}
