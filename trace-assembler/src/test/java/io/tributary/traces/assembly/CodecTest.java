package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.sample.SampleData;
import io.tributary.traces.tree.SpanFacts;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CodecTest {
    private final Span span = SampleData.span(7, 1, -1, "shop", 0, 1);

    @Test
    void factsComeBackAsTheyWere() {
        String longest = "語".repeat(SpanFacts.MAX_NAME_CHARS);
        for (SpanKind kind : SpanKind.values()) {
            SpanFacts facts = new SpanFacts(-5, kind, 9, longest, "", 1, Long.MAX_VALUE, kind == SpanKind.CLIENT, 77);
            ByteBuffer buffer = ByteBuffer.allocate(SpanFactsCodec.MAX_BYTES);
            SpanFactsCodec.write(facts, buffer);
            assertThat(SpanFactsCodec.read(buffer.flip())).isEqualTo(facts);
        }
    }

    @Test
    void statesComeBackAsTheyWere() {
        TraceSummary summary =
                new TraceSummary("shop", "op", 1L, 2L, 3L, 4L, List.of("cart", "shop"), Completeness.MISSING_PARENT);
        TraceState bare = new TraceState(1, 2, 3, 4, 5, 6, 7, true, false, Optional.empty());
        TraceState full = new TraceState(7, 6, 5, 4, 3, 2, 1, false, true, Optional.of(summary));
        assertThat(TraceStateCodec.decode(TraceStateCodec.encode(bare))).isEqualTo(bare);
        assertThat(TraceStateCodec.decode(TraceStateCodec.encode(full))).isEqualTo(full);
    }

    @Test
    void chunksFromBeforeTheJournalAreRead() {
        SpanFacts facts = new SpanFacts(5, SpanKind.SERVER, 0, "shop", "op", 1, 2, false, 3);
        TraceState state = new TraceState(1, 2, 3, 4, 5, 6, 7, true, false, Optional.empty());
        ByteBuffer chunk = ByteBuffer.allocate(SpanFactsCodec.MAX_BYTES).put((byte) 1);
        chunk.position(1 + Integer.BYTES);
        SpanFactsCodec.write(facts, chunk);
        chunk.putInt(3).put(new byte[] {7, 8, 9});
        chunk.putInt(1, chunk.position()).put(TraceStateCodec.encode(state));
        TraceChunk read = TraceChunk.decode(chunk.flip());
        assertThat(read.state()).contains(state);
        assertThat(read.journalEnd()).isZero();
        StoredSpan span = read.spans().getFirst();
        assertThat(span.facts()).isEqualTo(facts);
        assertThat(span.payload()).hasValueSatisfying(bytes -> assertThat(bytes).containsExactly(7, 8, 9));
    }

    @Test
    void theKeysOfATracesChunksLieTogetherInTheirOrder() {
        span.setTenant("team.a");
        TraceKey key = TraceKey.of(span);
        assertThat(key).isEqualTo(TraceKey.of(span)).hasSameHashCodeAs(TraceKey.of(span));
        assertThat(key.traceId()).isEqualTo(span.getTraceId());
        assertThat(key.tenant()).isEqualTo("team.a");
        assertThat(Arrays.compareUnsigned(key.chunk(0), key.chunk(1))).isNegative();
        assertThat(Arrays.compareUnsigned(key.chunk(255), key.chunk(256))).isNegative();
        span.setTenant("team.ab");
        assertThat(key).isNotEqualTo(TraceKey.of(span)).isLessThan(TraceKey.of(span));
        assertThat(Arrays.compareUnsigned(
                        key.chunk(Integer.MAX_VALUE), TraceKey.of(span).chunk(0)))
                .isNegative();
    }
}
