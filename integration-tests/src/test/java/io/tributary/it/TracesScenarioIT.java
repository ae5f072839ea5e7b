package io.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.tributary.it.client.Service;
import io.tributary.it.system.Search;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Hundreds of traces over two services; the service that assembles them is killed half-way. */
@ExtendWith(Tributary.Started.class)
class TracesScenarioIT {
    private static final int TRACES = 900;
    private static final int SPANS = 3;
    private static final int BURST = 100;
    private static final String TRACE_DOCUMENTS = "traces-tributary-*";
    private static final String SPAN_DOCUMENTS = "jaeger-span-*";

    @Test
    void everyTraceIsAssembledAlthoughTheAssemblerIsKilled(Tributary tributary) {
        String front = "front-" + UUID.randomUUID();
        String back = "back-" + UUID.randomUUID();
        Search search = new Search(tributary);
        Set<String> sent = new HashSet<>();
        try (Service caller = new Service(tributary, front);
                Service callee = new Service(tributary, back)) {
            sent.addAll(send(caller, callee, TRACES / 3));
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> search.refreshed().count(SPAN_DOCUMENTS, "process.serviceName", front) > 0);
            sent.addAll(send(caller, callee, TRACES / 3));
            tributary.kill("trace-assembler");
            sent.addAll(send(caller, callee, TRACES / 3));
        }
        tributary.up();

        await().atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    search.refreshed();
                    assertThat(search.count(SPAN_DOCUMENTS, "process.serviceName", front))
                            .isEqualTo(2L * TRACES);
                    assertThat(search.count(SPAN_DOCUMENTS, "process.serviceName", back))
                            .isEqualTo(TRACES);
                });
        JsonNode ledger = tributary.balancedLedger();

        assertThat(search.refreshed().count(SPAN_DOCUMENTS, "process.serviceName", front))
                .isEqualTo(2L * TRACES);
        assertThat(search.count(SPAN_DOCUMENTS, "process.serviceName", back)).isEqualTo(TRACES);
        List<JsonNode> traces = search.find(TRACE_DOCUMENTS, "services", front);
        assertThat(traces).hasSize(TRACES);
        assertThat(traces.stream()
                        .map(trace -> trace.at("/trace/id").asString())
                        .collect(Collectors.toSet()))
                .isEqualTo(sent);
        assertThat(ledger.at("/signals")).anySatisfy(signal -> {
            assertThat(signal.get("signal").asString()).isEqualTo("traces");
            assertThat(signal.get("accepted").asLong()).isGreaterThanOrEqualTo((long) TRACES * SPANS);
            assertThat(signal.get("unexplained").asLong()).isZero();
        });
    }

    /** Traces of three spans: a server and a client of one service, a server of the other. */
    private static Set<String> send(Service caller, Service callee, int traces) {
        Tracer front = caller.sdk().getTracer("scenario");
        Tracer back = callee.sdk().getTracer("scenario");
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < traces; i++) {
            Span server =
                    front.spanBuilder("GET /order").setSpanKind(SpanKind.SERVER).startSpan();
            Span client = front.spanBuilder("GET")
                    .setSpanKind(SpanKind.CLIENT)
                    .setParent(Context.root().with(server))
                    .startSpan();
            Span called = back.spanBuilder("GET /stock")
                    .setSpanKind(SpanKind.SERVER)
                    .setParent(Context.root().with(client))
                    .startSpan();
            called.end();
            client.end();
            server.end();
            ids.add(server.getSpanContext().getTraceId());
            if (i % BURST == BURST - 1) {
                caller.flush();
                callee.flush();
            }
        }
        caller.flush();
        callee.flush();
        return ids;
    }
}
