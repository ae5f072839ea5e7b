package io.tributary.traces.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.ServiceName;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.Payloads;
import io.tributary.schemas.sample.RandomAvro;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A glance at any bytes sees what decoding all of them shows, and rejects what that rejects. */
class SpanGlanceTest {
    private static final int SEED = 20_260_103;
    private static final int SPANS = 5_000;
    private static final int DAMAGED = 1_000;

    private final Topic<TraceId, Span> spans =
            Topics.of("t.", new SchemaRegistry("mock://span-glance")).spans();
    private final Span span = SampleData.span(1, 2, 1, "shop", 0, 1);
    private final SpanGlance glance = new SpanGlance(spans);
    private final Random random = new Random(SEED);
    private final RandomAvro avro = new RandomAvro(random);
    private final Payloads payloads = new Payloads(spans.encodeValue(span), random);

    @Test
    void whatIsSeenIsWhatTheSpanSays() throws IOException {
        Set<String> services = new HashSet<>();
        for (int i = 0; i < SPANS; i++) {
            byte[] payload = payload();
            Span span = spans.decodeValue(payload);
            assertThat(seen(payload)).as("span %d", i).contains(seen(span));
            services.add(ServiceName.of(span.getResource()));
        }
        assertThat(services).hasSizeGreaterThan(3);
    }

    @Test
    void whatNobodyLooksAtIsNotRead() {
        Span seen = glance.deserialize(spans.name(), spans.encodeValue(span));
        assertThat(seen.getAttributes()).isNull();
        assertThat(seen.getEvents()).isNull();
        assertThat(seen.getLinks()).isNull();
        assertThat(seen.getScope()).isNull();
    }

    @Test
    void whatCannotBeDecodedIsRejected() throws IOException {
        int rejected = 0;
        for (int i = 0; i < DAMAGED; i++) {
            byte[] damaged = payloads.damaged(payload());
            Optional<Object> decoded = decoded(damaged);
            assertThat(seen(damaged)).as("damaged span %d", i).isEqualTo(decoded);
            rejected += decoded.isEmpty() ? 1 : 0;
        }
        assertThat(rejected).isBetween(DAMAGED / 4, DAMAGED - DAMAGED / 20);
    }

    @Test
    void nullStaysNull() {
        assertThat(glance.deserialize(spans.name(), null)).isNull();
    }

    @Test
    void attributesMayBeNestedAsDeepAsDecodingTakes() {
        Object value = "innermost";
        for (int depth = 0; depth < 200; depth++) {
            value = new ArrayValue(List.of(value));
        }
        span.setAttributes(Map.of("deep", value));
        assertThat(seen(spans.encodeValue(span))).contains(seen(span));
    }

    private byte[] payload() throws IOException {
        return payloads.of(avro.next(Span.getClassSchema()));
    }

    private Optional<Object> seen(byte[] payload) {
        try {
            return Optional.of(seen(glance.deserialize(spans.name(), payload)));
        } catch (RejectedException e) {
            assertThat(e.reason()).isEqualTo(Reason.NOT_AVRO);
            return Optional.empty();
        }
    }

    private Optional<Object> decoded(byte[] payload) {
        try {
            return Optional.of(seen(spans.decodeValue(payload)));
        } catch (RejectedException e) {
            return Optional.empty();
        }
    }

    private static List<Object> seen(Span span) {
        return Arrays.asList(
                span.getTenant(),
                span.getTraceId(),
                span.getSpanId(),
                span.getParentSpanId(),
                span.getName(),
                span.getKind(),
                span.getStartTimeUnixNano(),
                span.getEndTimeUnixNano(),
                span.getStatusCode(),
                ServiceName.of(span.getResource()));
    }
}
