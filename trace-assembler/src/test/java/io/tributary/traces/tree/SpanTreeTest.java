package io.tributary.traces.tree;

import static io.tributary.schemas.avro.SpanKind.CLIENT;
import static io.tributary.schemas.avro.SpanKind.CONSUMER;
import static io.tributary.schemas.avro.SpanKind.INTERNAL;
import static io.tributary.schemas.avro.SpanKind.PRODUCER;
import static io.tributary.schemas.avro.SpanKind.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.schemas.sample.SampleData;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTreeTest {
    private static final SpanFacts ROOT = span(1, SERVER, 0, "shop", 100, 200);
    private static final SpanFacts CLIENT_SPAN = span(2, CLIENT, 1, "shop", 110, 150);
    private static final SpanFacts SERVER_SPAN = span(3, SERVER, 2, "cart", 115, 145);
    private static final SpanFacts INSIDE = span(4, INTERNAL, 3, "cart", 120, 130);

    @Test
    void aTraceWithRootAndParentsIsComplete() {
        assertThat(tree(ROOT, CLIENT_SPAN, SERVER_SPAN, INSIDE).completeness()).isEqualTo(Completeness.COMPLETE);
        assertThat(tree(CLIENT_SPAN, SERVER_SPAN).completeness()).isEqualTo(Completeness.MISSING_ROOT);
        assertThat(tree(ROOT, SERVER_SPAN, INSIDE).completeness()).isEqualTo(Completeness.MISSING_PARENT);
        assertThat(tree(span(5, INTERNAL, 5, "own-parent", 1, 2)).completeness())
                .isEqualTo(Completeness.MISSING_ROOT);
    }

    @Test
    void theSummaryIsOfAllSpans() {
        TraceSummary summary =
                tree(INSIDE, failed(SERVER_SPAN), failed(CLIENT_SPAN), ROOT).summary();
        assertThat(summary.getRootService()).isEqualTo("shop");
        assertThat(summary.getRootOperation()).isEqualTo("op-1");
        assertThat(summary.getStartTimeUnixNano()).isEqualTo(100);
        assertThat(summary.getDurationNanos()).isEqualTo(100);
        assertThat(summary.getSpanCount()).isEqualTo(4);
        assertThat(summary.getErrorCount()).isEqualTo(2);
        assertThat(summary.getServices()).containsExactly("cart", "shop");
    }

    @Test
    void withoutRootTheEarliestSpanIsShown() {
        TraceSummary summary = tree(INSIDE, SERVER_SPAN).summary();
        assertThat(summary.getRootService()).isEqualTo("cart");
        assertThat(summary.getRootOperation()).isEqualTo("op-3");
    }

    @Test
    void ofTwoRootsTheEarlierIsShown() {
        TraceSummary summary = tree(ROOT, span(9, INTERNAL, 0, "cron", 90, 95)).summary();
        assertThat(summary.getRootService()).isEqualTo("cron");
        assertThat(summary.getDurationNanos()).isEqualTo(110);
    }

    @Test
    void spansWithoutAStartDoNotStretchTheTrace() {
        TraceSummary summary = tree(ROOT, span(9, INTERNAL, 1, "shop", 0, 300)).summary();
        assertThat(summary.getStartTimeUnixNano()).isEqualTo(100);
        assertThat(summary.getDurationNanos()).isEqualTo(100);
        assertThat(tree(span(9, INTERNAL, 1, "shop", 0, 300)).summary().getDurationNanos())
                .isZero();
    }

    @Test
    void aCallIsCountedOnceAsTheCalleeSawIt() {
        assertThat(tree(ROOT, CLIENT_SPAN, SERVER_SPAN, INSIDE).calls())
                .containsExactly(new Call("shop", "cart", 115, 30, false));
    }

    @Test
    void anyParentInAnotherServiceIsACaller() {
        assertThat(tree(ROOT, span(2, SERVER, 1, "cart", 110, 120), span(3, INTERNAL, 1, "stock", 130, 140))
                        .calls())
                .containsExactlyInAnyOrder(
                        new Call("shop", "cart", 110, 10, false), new Call("shop", "stock", 130, 10, false));
    }

    @Test
    void withinAServiceOnlyAnsweredCallsCount() {
        SpanFacts server = span(3, SERVER, 2, "shop", 115, 145);
        assertThat(tree(ROOT, CLIENT_SPAN, server, span(4, INTERNAL, 3, "shop", 116, 117))
                        .calls())
                .containsExactly(new Call("shop", "shop", 115, 30, false));
    }

    @Test
    void messagesAreCallsFromProducerToEachConsumer() {
        SpanFacts producer = span(2, PRODUCER, 1, "shop", 110, 111);
        assertThat(tree(ROOT, producer, span(3, CONSUMER, 2, "mail", 150, 160), span(4, CONSUMER, 2, "shop", 170, 190))
                        .calls())
                .containsExactlyInAnyOrder(
                        new Call("shop", "mail", 150, 10, false), new Call("shop", "shop", 170, 20, false));
    }

    @Test
    void theHalvesOfASharedSpanAreACall() {
        SpanFacts client = span(2, CLIENT, 1, "shop", 110, 150);
        SpanFacts server = span(2, SERVER, 1, "cart", 115, 145);
        SpanTree tree = tree(ROOT, client, server, span(4, INTERNAL, 2, "cart", 120, 130));
        assertThat(tree.calls()).containsExactly(new Call("shop", "cart", 115, 30, false));
        assertThat(tree.completeness()).isEqualTo(Completeness.COMPLETE);
    }

    @Test
    void aSharedServerHalfWithoutParentIsNoRoot() {
        SpanTree tree = tree(span(2, CLIENT, 1, "shop", 110, 150), span(2, SERVER, 0, "cart", 115, 145));
        assertThat(tree.completeness()).isEqualTo(Completeness.MISSING_ROOT);
        assertThat(tree.calls()).hasSize(1);
    }

    @Test
    void aCallFailsOnEitherSide() {
        assertThat(tree(ROOT, failed(CLIENT_SPAN), SERVER_SPAN).calls())
                .extracting(Call::error)
                .containsExactly(true);
        assertThat(tree(ROOT, CLIENT_SPAN, failed(SERVER_SPAN)).calls())
                .extracting(Call::error)
                .containsExactly(true);
        SpanFacts direct = span(3, SERVER, 1, "cart", 115, 145);
        assertThat(tree(failed(ROOT), direct).calls()).extracting(Call::error).containsExactly(false);
    }

    @Test
    void namesThatAreTooLongAreCutBetweenCharacters() {
        String smileys = "\uD83D\uDE00".repeat(600);
        var span = SampleData.span(1, 1, -1, "a" + smileys, 0, 1);
        SpanFacts facts = SpanFacts.of(span, 1);
        assertThat(facts.service()).hasSize(1023).startsWith("a").endsWith("\uD83D\uDE00");
    }

    private static SpanTree tree(SpanFacts... spans) {
        return new SpanTree(List.of(spans));
    }

    private static SpanFacts span(long id, SpanKind kind, long parent, String service, long start, long end) {
        return new SpanFacts(id, kind, parent, service, "op-" + id, start, end, false, 100);
    }

    private static SpanFacts failed(SpanFacts span) {
        return new SpanFacts(
                span.spanId(),
                span.kind(),
                span.parentId(),
                span.service(),
                span.operation(),
                span.startNanos(),
                span.endNanos(),
                true,
                span.bytes());
    }
}
