package io.tributary.traces.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.ServiceEdge;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.sample.SampleData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Spans in any order, with any doubles, in any number of revisions, end in the same traces. */
class AnyOrderTest {
    private static final List<String> SERVICES = List.of("shop", "cart", "stock", "mail");

    private static final List<SpanKind> KINDS = List.of(SpanKind.values());
    private static final List<StatusCode> CODES = List.of(StatusCode.values());

    private record Outcome(
            Map<TraceId, Set<Span>> spans, Map<TraceId, TraceSummary> summaries, Set<ServiceEdge> edges) {}

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void anyOrderAndAnyDoublesGiveTheSameTracesAndEdges(@ForAll long seed) {
        Random random = new Random(seed);
        List<Span> spans = spans(random);
        List<Span> shuffled = new ArrayList<>(spans);
        for (int i = random.nextInt(spans.size()); i > 0; i--) {
            shuffled.add(spans.get(random.nextInt(spans.size())));
        }
        Collections.shuffle(shuffled, random);
        assertThat(assemble(shuffled, random, 4, any(List.of(0, 5_000, 32 << 20), random)))
                .isEqualTo(assemble(spans, random, 0, 32 << 20));
    }

    @Property(tries = 5, shrinking = ShrinkingMode.OFF)
    void readingAgainGivesTheSameRecordsHoweverFast(@ForAll long seed) {
        List<Span> spans = spans(new Random(seed));
        assertThat(records(spans, new Random(seed), 0.1)).isEqualTo(records(spans, new Random(seed), 0));
    }

    /** What comes out when the spans arrive with random gaps of up to so many seconds, and this much is held. */
    private static Outcome assemble(List<Span> spans, Random random, double gap, long heldBytes) {
        try (TraceDriver driver = new TraceDriver(TraceDriver.CLOSING, TraceDriver.LIMITS, heldBytes)) {
            double second = 0;
            for (Span span : spans) {
                second += random.nextDouble() * gap;
                driver.send(second, span);
            }
            driver.wallTime(60);
            Outcome outcome = new Outcome(new HashMap<>(), new HashMap<>(), new HashSet<>());
            for (Trace trace : driver.traces()) {
                Set<Span> ofTrace = outcome.spans().computeIfAbsent(trace.getTraceId(), unseen -> new HashSet<>());
                trace.getSpans()
                        .forEach(span ->
                                assertThat(ofTrace.add(span)).as("comes once").isTrue());
                outcome.summaries().put(trace.getTraceId(), trace.getSummary());
            }
            driver.edges().stream().filter(edge -> edge.getCalls() != 0).forEach(outcome.edges()::add);
            return outcome;
        }
    }

    /** The traces that come out when each record is read so much wall time after the one before. */
    private static List<Trace> records(List<Span> spans, Random random, double wallSeconds) {
        try (TraceDriver driver = new TraceDriver()) {
            double second = 0;
            for (Span span : spans) {
                second += random.nextDouble() * 4;
                driver.send(second, span);
                driver.wallTime(wallSeconds);
            }
            driver.wallTime(60);
            return driver.traces();
        }
    }

    /** Two to four traces with missing parents, shared spans, errors, several roots or none. */
    private static List<Span> spans(Random random) {
        List<Span> spans = new ArrayList<>();
        int traces = 2 + random.nextInt(3);
        for (int trace = 0; trace < traces; trace++) {
            int count = 1 + random.nextInt(12);
            for (int number = 1; number <= count; number++) {
                int parent = random.nextInt(8) == 0 ? 100 : random.nextInt(number) == 0 ? -1 : random.nextInt(number);
                Span span = span(random, trace, number, parent == 0 ? -1 : parent);
                spans.add(span);
                if (span.getKind() == SpanKind.CLIENT && random.nextBoolean()) {
                    Span half = span(random, trace, number, random.nextBoolean() ? parent : -1);
                    half.setKind(SpanKind.SERVER);
                    spans.add(half);
                }
            }
        }
        return spans;
    }

    private static Span span(Random random, int trace, int number, int parent) {
        String service = any(SERVICES, random);
        Span span = SampleData.span(trace, number, parent, service, random.nextInt(100), random.nextDouble());
        span.setKind(any(KINDS, random));
        span.setStatusCode(any(CODES, random));
        return span;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
