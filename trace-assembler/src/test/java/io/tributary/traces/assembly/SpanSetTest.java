package io.tributary.traces.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanSetTest {
    private final SpanSet spans = new SpanSet();

    @Test
    void eachIsFoundByIdAndKindHoweverManyThereAre() {
        List<KeptSpan> added = new ArrayList<>();
        for (int id = 1; id <= 3 * SpanSet.FEW; id++) {
            for (SpanKind kind : List.of(SpanKind.CLIENT, SpanKind.SERVER)) {
                SpanFacts facts = facts(id, kind);
                assertThat(spans.find(facts)).isNull();
                KeptSpan span = new KeptSpan(facts, false);
                spans.add(span);
                added.add(span);
                assertThat(added)
                        .allSatisfy(one -> assertThat(spans.find(facts(
                                        (int) one.facts().spanId(), one.facts().kind())))
                                .isSameAs(one));
            }
            assertThat(spans.find(facts(id, SpanKind.INTERNAL))).isNull();
        }
        assertThat(spans.all()).isEqualTo(added);
        spans.clear();
        assertThat(spans.all()).isEmpty();
        assertThat(spans.find(facts(1, SpanKind.CLIENT))).isNull();
    }

    private static SpanFacts facts(int id, SpanKind kind) {
        return new SpanFacts(id, kind, 0, "shop", "op", 1, 2, false, 3);
    }
}
