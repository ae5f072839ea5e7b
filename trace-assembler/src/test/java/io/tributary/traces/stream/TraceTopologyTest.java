package io.tributary.traces.stream;

import static io.tributary.schemas.sample.SampleData.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.CorrectedTimes;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.StatusCode;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.traces.assembly.PartLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceTopologyTest {
    private final Span root = span(1, 1, -1, "shop", 0, 1);
    private final Span child = span(1, 2, 1, "cart", 0.1, 0.5);
    private final Span grandchild = span(1, 3, 2, "stock", 0.2, 0.1);
    private TraceDriver driver = new TraceDriver();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void aCompleteTraceComesOutWhenItWasQuiet() {
        driver.send(0, grandchild, child);
        driver.send(1.5, root);
        driver.streamTime(3.4);
        assertThat(driver.traces()).isEmpty();

        driver.streamTime(3.5);
        Trace trace = onlyTrace();
        assertThat(trace.getRevision()).isZero();
        assertThat(trace.getParts()).isEqualTo(1);
        assertThat(trace.getSpans()).containsExactly(root, child, grandchild);
        assertThat(trace.getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);
        assertThat(trace.getSummary().getRootService()).isEqualTo("shop");
        assertThat(trace.getSummary().getRootOperation()).isEqualTo("operation-1");
        assertThat(trace.getSummary().getSpanCount()).isEqualTo(3);
        assertThat(trace.getSummary().getServices()).containsExactly("cart", "shop", "stock");
        assertThat(trace.getSummary().getDurationNanos()).isEqualTo(1_000_000_000L);
    }

    @Test
    void spansOfAnotherVersionOfTheSchemaComeOutInTheTracesOwn() {
        Schema other = new Schema.Parser().parse(Span.getClassSchema().toString());
        other.addProp("version", "other");
        byte[] payload = driver.topics.spans().encodeValue(child);
        int id = new SchemaRegistry("mock://traces").register("another-producer", other);
        ByteBuffer.wrap(payload).putInt(1, id);
        assertThat(driver.topics.spans().isCurrent(payload)).isFalse();

        driver.send(0, root);
        driver.sendRaw(0, driver.topics.spans().encodeKey(child.getTraceId()), payload);
        driver.streamTime(2);
        assertThat(onlyTrace().getSpans()).containsExactly(root, child);
    }

    @Test
    void aTraceWithoutRootComesOutWhenItWasIdle() {
        driver.send(0, child, grandchild);
        driver.streamTime(29.9);
        assertThat(driver.traces()).isEmpty();
        driver.streamTime(30);
        assertThat(onlyTrace().getSummary().getCompleteness()).isEqualTo(Completeness.MISSING_ROOT);
    }

    @Test
    void aTraceWithoutAParentComesOutWhenItWasIdle() {
        driver.send(0, root, grandchild);
        driver.streamTime(29.9);
        assertThat(driver.traces()).isEmpty();
        driver.streamTime(30);
        assertThat(onlyTrace().getSummary().getCompleteness()).isEqualTo(Completeness.MISSING_PARENT);
    }

    @Test
    void anIncompleteTraceIsLookedAtAgainWhenMoreCame() {
        driver.send(0, root, grandchild);
        driver.streamTime(10);
        driver.send(11, child);
        driver.streamTime(13);
        assertThat(onlyTrace().getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void theLastTraceOfASourceThatStoppedComesOutByTheWallClock() {
        driver.send(0, root, child);
        driver.send(0.5, span(2, 1, 7, "cart", 0, 1));
        driver.wallTime(2.5);
        assertThat(driver.traces()).isEmpty();
        driver.wallTime(1);
        TestRecord<byte[], Trace> complete = driver.traceRecords().getFirst();
        assertThat(complete.value().getTraceId()).isEqualTo(SampleData.traceId(1));
        assertThat(complete.getRecordTime()).isEqualTo(TraceDriver.at(0));
        driver.wallTime(26);
        assertThat(driver.traces()).isEmpty();
        driver.wallTime(2);
        assertThat(onlyTrace().getTraceId()).isEqualTo(SampleData.traceId(2));
    }

    @Test
    void timeIsThatOfArrivalAndNotThatOfTheSpans() {
        driver.send(0, span(1, 1, -1, "shop", -7200, 1), span(1, 2, 1, "cart", 86_400, 1));
        driver.send(1, span(2, 1, -1, "shop", 300, 1));
        driver.streamTime(1.9);
        assertThat(driver.traces()).isEmpty();
        driver.streamTime(2.5);
        assertThat(onlyTrace().getTraceId()).isEqualTo(SampleData.traceId(1));
    }

    @Test
    void aClockThatDisagreesIsCorrectedBesideTheTimesAsTheyCame() {
        Span early = span(1, 2, 1, "cart", -10, 0.5);
        driver.send(0, root, early);
        driver.streamTime(2);
        Trace trace = onlyTrace();
        assertThat(trace.getSpans()).containsExactly(early, root);
        assertThat(trace.getSummary().getStartTimeUnixNano()).isEqualTo(SampleData.nanos(-10));
        assertThat(trace.getSummary().getDurationNanos()).isEqualTo(11_000_000_000L);
        assertThat(trace.getCorrected())
                .isEqualTo(new CorrectedTimes(SampleData.nanos(0), 1_000_000_000L, 1L, 10_250_000_000L, 0L));

        driver.send(3, span(1, 3, 1, "stock", 100, 0.5));
        driver.streamTime(6);
        assertThat(onlyTrace().getCorrected())
                .as("another one is further off than any span is moved")
                .isEqualTo(new CorrectedTimes(SampleData.nanos(0), 100_500_000_000L, 1L, 10_250_000_000L, 1L));
    }

    @Test
    void clocksThatAgreeAreNotCorrected() {
        driver.send(0, root, child, grandchild);
        driver.streamTime(2);
        assertThat(onlyTrace().getCorrected()).isNull();
    }

    @Test
    void lateSpansMakeARevisionOfTheirOwn() {
        driver.send(0, root, child);
        driver.send(5, grandchild);
        driver.send(6, failed(span(1, 4, 1, "payment", 0.3, 2)));
        driver.streamTime(7.9);
        assertThat(driver.traces()).extracting(Trace::getRevision).containsExactly(0);

        driver.streamTime(8);
        Trace late = onlyTrace();
        assertThat(late.getRevision()).isEqualTo(1);
        assertThat(late.getSpans())
                .extracting(Span::getSpanId)
                .containsExactly(SampleData.spanId(3), SampleData.spanId(4));
        assertThat(late.getSummary().getSpanCount()).isEqualTo(4);
        assertThat(late.getSummary().getErrorCount()).isEqualTo(1);
        assertThat(late.getSummary().getDurationNanos()).isEqualTo(2_300_000_000L);
        assertThat(late.getSummary().getServices()).containsExactly("cart", "payment", "shop", "stock");
        assertThat(late.getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);

        driver.send(20, span(1, 5, 4, "bank", 0.4, 0.1));
        driver.streamTime(22);
        assertThat(onlyTrace().getRevision()).isEqualTo(2);
    }

    @Test
    void aSpanThatCameAfterTheFactsWereGivenUpStillAddsToTheSummary() {
        driver.send(0, root, child);
        driver.streamTime(700);
        driver.send(701, grandchild);
        driver.streamTime(703);
        List<Trace> traces = driver.traces();
        assertThat(traces).extracting(Trace::getRevision).containsExactly(0, 1);
        assertThat(traces.getLast().getSpans()).containsExactly(grandchild);
        assertThat(traces.getLast().getSummary().getSpanCount()).isEqualTo(3);
        assertThat(traces.getLast().getSummary().getRootService()).isEqualTo("shop");
        assertThat(traces.getLast().getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aTraceIsForgottenInTheEnd() {
        driver.send(0, root, child);
        driver.streamTime(25 * 3600);
        driver.streamTime(60 * 3600);
        driver.send(60 * 3600, grandchild);
        driver.streamTime(60 * 3600 + 30);
        assertThat(driver.traces()).extracting(Trace::getRevision).containsExactly(0, 0);
    }

    @Test
    void allThatIsDueAfterALongPauseIsDoneBitByBit() {
        int traces = 6000;
        for (int number = 10; number < 10 + traces; number++) {
            driver.send(0, span(number, 1, 7, "shop", 0, 1));
        }
        // The trace of this span is due itself, as are all others.
        driver.send(3600, span(9 + traces, 2, 1, "cart", 0, 1));
        List<Trace> closed = new ArrayList<>(driver.traces());
        assertThat(closed).as("at one record").hasSizeBetween(1, 500);
        driver.wallTime(1);
        closed.addAll(driver.traces());
        assertThat(closed).as("at the ticks of a second").hasSizeGreaterThan(traces / 2);
        driver.wallTime(10);
        closed.addAll(driver.traces());
        assertThat(closed.stream().filter(trace -> trace.getRevision() == 0))
                .hasSize(traces)
                .allSatisfy(trace -> assertThat(trace.getSpans()).hasSize(1));
        assertThat(closed.stream().filter(trace -> trace.getRevision() == 1))
                .as("the span that came after the pause, of a trace whose spans are known no more")
                .singleElement()
                .satisfies(trace ->
                        assertThat(trace.getSpans()).extracting(Span::getName).containsExactly("operation-2"));
    }

    @Test
    void duplicatesAreNotEmittedTwice() {
        driver.send(0, root, child, root, child);
        driver.streamTime(2);
        assertThat(onlyTrace().getSpans()).containsExactly(root, child);
        driver.send(3, child, root);
        driver.wallTime(10);
        assertThat(driver.traces()).isEmpty();
        assertThat(driver.outcomes()).isEqualTo(Map.of("forwarded", 3L, "duplicate", 4L));
    }

    @Test
    void bothHalvesOfASharedSpanStay() {
        Span client = kind(span(1, 2, 1, "shop", 0.1, 0.5), SpanKind.CLIENT);
        Span server = kind(span(1, 2, 1, "cart", 0.2, 0.3), SpanKind.SERVER);
        driver.send(0, server, root, client);
        driver.wallTime(10);
        assertThat(onlyTrace().getSpans()).containsExactly(root, client, server);
    }

    @Test
    void aLargeRevisionComesInParts() {
        int size = size(child);
        restart(new PartLimits(size * 3, 100, 1 << 20, 100, 100));
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            spans.add(span(1, i, i - 1, "shop", i, 1));
        }
        driver.send(0, spans.reversed().toArray(Span[]::new));
        driver.wallTime(10);
        List<Trace> parts = driver.traces();
        assertThat(parts).extracting(Trace::getPart).containsExactly(0, 1, 2, 3);
        assertThat(parts).extracting(Trace::getParts).containsOnly(4);
        assertThat(parts).extracting(Trace::getRevision).containsOnly(0);
        assertThat(parts)
                .extracting(Trace::getSummary)
                .containsOnly(parts.getFirst().getSummary());
        assertThat(parts.getFirst().getSummary().getSpanCount()).isEqualTo(10);
        assertThat(parts.stream().flatMap(part -> part.getSpans().stream())).containsExactlyElementsOf(spans);
    }

    @Test
    void aTraceThatStaysOpenIsClosedAndMarkedAndGoesOn() {
        driver.send(0, root);
        for (int i = 1; i <= 320; i++) {
            driver.send(i, span(1, 1 + i, 1, "cart", i, 0.5));
        }
        driver.wallTime(10);
        List<Trace> traces = driver.traces();
        assertThat(traces).extracting(Trace::getRevision).containsExactly(0, 1);
        assertThat(traces.getFirst().getSummary().getCompleteness()).isEqualTo(Completeness.OPEN_TOO_LONG);
        assertThat(traces.getFirst().getSpans()).hasSize(300);
        assertThat(traces.getLast().getSpans()).hasSize(21);
        assertThat(traces.getLast().getSummary().getSpanCount()).isEqualTo(321);
        assertThat(traces.getLast().getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aTraceThatFillsItsLimitIsEmittedAtOnce() {
        restart(new PartLimits(1 << 20, 100, 1 << 20, 5, 8));
        for (int i = 0; i < 12; i++) {
            driver.send(0, span(1, i, i == 0 ? -1 : 0, "shop", i, 1));
        }
        driver.wallTime(10);
        List<Trace> traces = driver.traces();
        assertThat(traces).extracting(trace -> trace.getSpans().size()).containsExactly(5, 5, 2);
        assertThat(traces).extracting(Trace::getRevision).containsExactly(0, 1, 2);
        assertThat(traces.getLast().getSummary().getSpanCount()).isEqualTo(12);
        assertThat(traces.getLast().getSummary().getCompleteness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void tenantsDoNotMixTheirTraces() {
        Span other = span(1, 2, 1, "cart", 0.1, 0.5);
        other.setTenant("second");
        driver.send(0, root, other);
        driver.wallTime(40);
        List<Trace> traces = driver.traces();
        assertThat(traces).extracting(Trace::getTenant).containsExactly("default", "second");
        assertThat(traces).extracting(trace -> trace.getSpans().size()).containsExactly(1, 1);
    }

    @Test
    void whatIsOpenCanBeSeen() {
        driver.send(0, root, child, span(2, 1, -1, "shop", 0, 1));
        driver.wallTime(0.5);
        assertThat(driver.meter("tributary.traces.open")).isEqualTo(2);
        assertThat(driver.meter("tributary.traces.pending")).isEqualTo(2 * size(root) + size(child));
        driver.wallTime(10);
        assertThat(driver.meter("tributary.traces.open")).isZero();
        assertThat(driver.meter("tributary.traces.pending")).isZero();
        assertThat(driver.meter("tributary.traces.closed")).isEqualTo(2);
    }

    @Test
    void whatIsClosedAndForgottenAtOnceIsOpenNoMore() {
        driver.send(0, root, child);
        driver.streamTime(25 * 3600);
        driver.wallTime(40);
        assertThat(driver.meter("tributary.traces.closed")).isEqualTo(2);
        assertThat(driver.meter("tributary.traces.open")).isZero();
        assertThat(driver.meter("tributary.traces.pending")).isZero();
    }

    private Trace onlyTrace() {
        List<Trace> traces = driver.traces();
        assertThat(traces).hasSize(1);
        return traces.getFirst();
    }

    private int size(Span span) {
        return driver.topics.spans().encodeValue(span).length;
    }

    private void restart(PartLimits limits) {
        driver.close();
        driver = new TraceDriver(TraceDriver.CLOSING, limits);
    }

    private static Span failed(Span span) {
        span.setStatusCode(StatusCode.ERROR);
        return span;
    }

    private static Span kind(Span span, SpanKind kind) {
        span.setKind(kind);
        return span;
    }
}
