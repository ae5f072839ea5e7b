package io.tributary.traces.stream;

import static io.tributary.schemas.sample.SampleData.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.Trace;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.deadletter.DeadLetter;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.sample.SampleData;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BadSpansTest {
    private final Span good = span(1, 1, -1, "shop", 0, 1);
    private final TraceDriver driver = new TraceDriver();

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void whatIsNoSpanIsADeadLetterAndThePartitionGoesOn() {
        byte[] poison = "no avro at all".getBytes(StandardCharsets.UTF_8);
        byte[] unknownSchema = {0, 0x7f, 0, 0, 0, 1, 2};
        byte[] key = driver.topics.spans().encodeKey(good.getTraceId());
        driver.sendRaw(0, key, poison);
        driver.sendRaw(0, key, unknownSchema);
        driver.sendRaw(0, key, null);
        driver.send(0, good);
        driver.wallTime(10);
        assertThat(driver.deadLetters()).extracting(TestRecord::value).containsExactly(poison, unknownSchema, null);
        assertThat(driver.traces()).hasSize(1);
        assertThat(driver.outcomes()).isEqualTo(Map.of("forwarded", 1L, "dead_lettered", 3L));
    }

    @Test
    void theKeyMustBeTheTraceId() {
        byte[] value = driver.topics.spans().encodeValue(good);
        driver.sendRaw(0, driver.topics.spans().encodeKey(SampleData.traceId(2)), value);
        driver.sendRaw(0, new byte[] {1, 2, 3}, value);
        driver.sendRaw(0, null, value);
        assertThat(driver.deadLetters())
                .hasSize(3)
                .extracting(letter -> header(letter, DeadLetter.REASON))
                .containsOnly(Reason.INVALID_KEY.label());
    }

    @Test
    void idsMustNotBeAllZeroAndTenantsMustBeWellFormed() {
        assertRejected(span -> span.setTraceId(new TraceId(new byte[16])), "trace_id: all zero");
        assertRejected(span -> span.setSpanId(new SpanId(new byte[8])), "span_id: all zero");
        assertRejected(span -> span.setParentSpanId(new SpanId(new byte[8])), "parent_span_id: all zero");
        assertRejected(span -> span.setTenant("No Tenant"), "tenant: malformed");
    }

    @Test
    void aSpanThatNoTopicTakesIsADeadLetter() {
        Span large = span(1, 2, 1, "shop", 0, 1);
        large.setStatusMessage("x".repeat(driver.topics.traces().settings().maxMessageBytes() - 1000));
        Span fits = span(1, 3, 1, "shop", 0, 1);
        fits.setStatusMessage("x".repeat(2 << 20));
        driver.send(0, good, large, fits);
        driver.wallTime(10);
        TestRecord<byte[], byte[]> letter = driver.deadLetters().getFirst();
        assertThat(letter.value()).isEqualTo(driver.topics.spans().encodeValue(large));
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo(Reason.TOO_LARGE.label());
        assertThat(driver.traces()).extracting(Trace::getPart).containsExactly(0, 1);
    }

    @Test
    void anEndBeforeTheStartIsKeptAndCountsAsNoTime() {
        driver.send(0, span(1, 1, -1, "shop", 10, -5));
        driver.wallTime(10);
        Trace trace = driver.traces().getFirst();
        assertThat(trace.getSpans().getFirst().getEndTimeUnixNano()).isEqualTo(SampleData.nanos(5));
        assertThat(trace.getSummary().getDurationNanos()).isZero();
    }

    private void assertRejected(Consumer<Span> spoil, String message) {
        Span span = span(1, 2, 1, "shop", 0, 1);
        spoil.accept(span);
        driver.send(0, span);
        TestRecord<byte[], byte[]> letter = driver.deadLetters().getFirst();
        assertThat(header(letter, DeadLetter.REASON)).isEqualTo(Reason.INVALID_RECORD.label());
        assertThat(header(letter, DeadLetter.MESSAGE)).startsWith(message);
    }

    private static String header(TestRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
