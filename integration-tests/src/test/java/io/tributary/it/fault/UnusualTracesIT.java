package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.tributary.it.client.Load;
import io.tributary.it.client.Service;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Result;
import io.tributary.it.system.Search;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Traces that are late, huge, or told by clocks that disagree, among 100,000 spans that are none of this. */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class UnusualTracesIT {
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Duration APART = Duration.ofSeconds(10);

    /** 50 MB. */
    private static final int HUGE_SPANS = 25_000;

    private static final int SPAN_BYTES = 2_000;
    /** As many as the SDK's queue takes with ease. */
    private static final int FLUSH_AFTER = 5_000;

    private static final String TRACES = "traces-tributary-*";
    private static final String SPANS = "jaeger-span-*";

    @Test
    void everySpanOfThemIsThereOnceAndInOneTrace(Tributary tributary) {
        Search search = new Search(tributary);
        long lettersBefore = tooLarge(tributary);
        Instant now = Instant.now();
        try (Load usual = Load.start(Signal.SPANS, tributary, PER_SECOND);
                Service caller = new Service(tributary, "caller-" + UUID.randomUUID());
                Service callee = new Service(tributary, "callee-" + UUID.randomUUID())) {
            Span closed = closedBeforeItIsWhole(caller, callee, now.minus(LATE));
            Span open = openWhenLateSpanComes(caller, callee, now);
            Span skewed = byClocksThatDisagree(caller, callee, now);
            Span besideLarge = besideOneThatIsTooLarge(caller, callee, now);
            Span huge = huge(caller, now);
            await("the trace is closed")
                    .atMost(PATIENCE)
                    .until(() -> summary(search.refreshed(), closed)
                            .filter(trace -> trace.get("span_count").asInt() == 2)
                            .isPresent());
            int revision = summary(search, closed).orElseThrow().get("revision").asInt();
            span(callee, "late", closed, now.minus(LATE)).end(now.minus(LATE).plusMillis(5));
            callee.flush();
            usual.finish(RECORDS);
            tributary.balancedLedger();

            search.refreshed();
            assertThat(demandTrace(search, closed, 3).get("revision").asInt()).isEqualTo(revision + 1);
            demandTrace(search, open, 3);
            demandTrace(search, huge, HUGE_SPANS);
            JsonNode corrected = demandTrace(search, skewed, 2).get("corrected");
            assertThat(Instant.parse(corrected.get("start").asString())).isEqualTo(now);
            assertThat(corrected.get("duration_nanos").asLong()).isEqualTo(10_000_000);
            assertThat(corrected.get("shifted_spans").asInt()).isEqualTo(1);
            assertThat(corrected.get("greatest_shift_nanos").asLong())
                    .isEqualTo(APART.plusNanos(2_500_000).toNanos());
            assertThat(corrected.get("capped_spans").asInt()).isZero();
            assertThat(demandTrace(search, besideLarge, 2).has("corrected")).isFalse();
            assertThat(search.find(SPANS, "traceID", id(skewed)))
                    .extracting(span -> span.get("startTimeMillis").asLong())
                    .as("times as they came")
                    .containsExactlyInAnyOrder(
                            now.toEpochMilli(), now.minus(APART).toEpochMilli());
            assertThat(tooLarge(tributary)).isEqualTo(lettersBefore + 1);
            new Stored(tributary).exactly(usual);
        }
    }

    /** Two spans; a third is still to come. */
    private static Span closedBeforeItIsWhole(Service caller, Service callee, Instant at) {
        Span root = span(caller, "closed", null, at);
        span(callee, "early", root, at).end(at.plusMillis(5));
        root.end(at.plusMillis(10));
        caller.flush();
        callee.flush();
        return root;
    }

    /** The root comes last, and before it a span that ended two minutes ago. */
    private static Span openWhenLateSpanComes(Service caller, Service callee, Instant at) {
        Span root = span(caller, "open", null, at.minus(LATE));
        span(callee, "early", root, at).end(at.plusMillis(5));
        callee.flush();
        span(callee, "late", root, at.minus(LATE)).end(at.minus(LATE).plusMillis(5));
        callee.flush();
        root.end(at.plusMillis(10));
        caller.flush();
        return root;
    }

    private static Span byClocksThatDisagree(Service caller, Service callee, Instant at) {
        Span root = span(caller, "call", null, at);
        span(callee, "serve", root, at.minus(APART)).end(at.minus(APART).plusMillis(5));
        root.end(at.plusMillis(10));
        caller.flush();
        callee.flush();
        return root;
    }

    private static Span besideOneThatIsTooLarge(Service caller, Service callee, Instant at) {
        Span root = span(caller, "root", null, at);
        span(callee, "large", root, at)
                .setAttribute("text", "L".repeat(5 << 20))
                .end(at.plusMillis(5));
        span(callee, "small", root, at).end(at.plusMillis(5));
        root.end(at.plusMillis(10));
        callee.flush();
        caller.flush();
        return root;
    }

    private static Span huge(Service caller, Instant at) {
        Span root = span(caller, "huge", null, at);
        for (int number = 1; number < HUGE_SPANS; number++) {
            String text = (number + " ").repeat(SPAN_BYTES).substring(0, SPAN_BYTES);
            span(caller, "step", root, at).setAttribute("text", text).end(at.plusMillis(number));
            if (number % FLUSH_AFTER == 0) {
                caller.flush();
            }
        }
        root.end(at.plusMillis(HUGE_SPANS));
        caller.flush();
        return root;
    }

    /** The only document of the span's trace, which counts so many spans, all of which are there, each once. */
    private static JsonNode demandTrace(Search search, Span span, int spans) {
        assertThat(search.count(SPANS, "traceID", id(span))).isEqualTo(spans);
        Set<String> found = new HashSet<>();
        search.each(
                SPANS,
                "traceID",
                id(span),
                "spanID",
                each -> found.add(each.get("spanID").asString()));
        assertThat(found).hasSize(spans);
        JsonNode trace = summary(search, span).orElseThrow();
        assertThat(trace.get("span_count").asInt()).isEqualTo(spans);
        assertThat(trace.get("completeness").asString()).isEqualTo("complete");
        return trace;
    }

    private static Optional<JsonNode> summary(Search search, Span span) {
        List<JsonNode> traces = search.find(TRACES, "trace.id", id(span));
        assertThat(traces).hasSizeLessThan(2);
        return traces.stream().findFirst();
    }

    private static long tooLarge(Tributary tributary) {
        Result dlq = tributary.run("dlq", "spans", "--json", "--limit", "100000");
        assertThat(dlq.code()).as("%s", dlq).isZero();
        return dlq.json()
                .get("letters")
                .valueStream()
                .filter(letter -> letter.get("reason").asString().equals("too_large"))
                .count();
    }

    private static Span span(Service service, String name, Span parent, Instant at) {
        return service.sdk()
                .getTracer("scenario")
                .spanBuilder(name)
                .setSpanKind(SpanKind.SERVER)
                .setParent(parent == null ? Context.root() : Context.root().with(parent))
                .setStartTimestamp(at)
                .startSpan();
    }

    private static String id(Span span) {
        return span.getSpanContext().getTraceId();
    }
}
