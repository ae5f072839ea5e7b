package io.tributary.traces.skew;

import static io.tributary.schemas.avro.SpanKind.CLIENT;
import static io.tributary.schemas.avro.SpanKind.CONSUMER;
import static io.tributary.schemas.avro.SpanKind.INTERNAL;
import static io.tributary.schemas.avro.SpanKind.PRODUCER;
import static io.tributary.schemas.avro.SpanKind.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import io.tributary.traces.tree.SpanTree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CorrectedClocksTest {
    private static final Duration CAP = Duration.ofNanos(10_000);
    private static final SpanFacts ROOT = span(1, CLIENT, 0, "shop", 20_000, 20_100);

    @Test
    void aSpanOutsideItsCauseIsMovedIntoTheMiddleOfItWithAllThatItCaused() {
        SpanFacts early = span(2, SERVER, 1, "cart", 15_000, 15_060);
        SpanFacts inside = span(3, INTERNAL, 2, "cart", 15_010, 15_020);
        assertThat(view(ROOT, early, inside)).contains(new CorrectedClocks(20_000, 100, 2, 5_020, 0));
        SpanFacts late = span(2, SERVER, 1, "cart", 20_050, 20_110);
        assertThat(view(ROOT, late)).contains(new CorrectedClocks(20_000, 100, 1, 30, 0));
    }

    @Test
    void aThirdClockIsComparedWithTheCorrectedSecond() {
        SpanFacts second = span(2, SERVER, 1, "cart", 15_000, 15_060);
        SpanFacts third = span(3, SERVER, 2, "stock", 15_010, 15_030);
        assertThat(view(ROOT, second, third)).contains(new CorrectedClocks(20_000, 100, 2, 5_030, 0));
    }

    @Test
    void whatWasNotWaitedForOnlyBeginsNoEarlierThanItsCause() {
        assertThat(view(ROOT, span(2, SERVER, 1, "cart", 19_990, 20_200)))
                .contains(new CorrectedClocks(20_000, 210, 1, 10, 0));
        assertThat(view(ROOT, span(2, SERVER, 1, "cart", 20_010, 20_200))).isEmpty();
        SpanFacts sent = span(1, PRODUCER, 0, "shop", 20_000, 20_100);
        assertThat(view(sent, span(2, CONSUMER, 1, "mail", 25_000, 25_010))).isEmpty();
        assertThat(view(sent, span(2, CONSUMER, 1, "mail", 19_000, 19_010)))
                .contains(new CorrectedClocks(20_000, 100, 1, 1_000, 0));
    }

    @Test
    void whatWouldMoveTooFarStaysAndIsCounted() {
        SpanFacts far = span(2, SERVER, 1, "cart", 9_000, 9_100);
        SpanFacts inside = span(3, INTERNAL, 2, "cart", 9_010, 9_020);
        assertThat(view(ROOT, far, inside)).contains(new CorrectedClocks(9_000, 11_100, 0, 0, 1));
        assertThat(view(ROOT, span(2, SERVER, 1, "cart", 10_000, 10_100)))
                .contains(new CorrectedClocks(20_000, 100, 1, 10_000, 0));
    }

    @Test
    void nothingIsCorrectedWithoutAnotherClockACauseOrATime() {
        assertThat(view(ROOT, span(2, SERVER, 1, "cart", 20_000, 20_100))).isEmpty();
        assertThat(view(ROOT, span(2, INTERNAL, 1, "shop", 15_000, 15_010))).isEmpty();
        assertThat(view(ROOT, span(2, SERVER, 9, "cart", 15_000, 15_010))).isEmpty();
        assertThat(view(ROOT, span(2, SERVER, 1, "cart", 0, 0))).isEmpty();
    }

    @Test
    void spansThatCauseEachOtherStayAndWhatTheyCausedIsMoved() {
        SpanFacts one = span(1, SERVER, 2, "shop", 20_000, 20_100);
        SpanFacts other = span(2, SERVER, 1, "cart", 15_000, 15_050);
        SpanFacts caused = span(3, SERVER, 1, "stock", 19_000, 19_100);
        Optional<CorrectedClocks> view = Optional.of(new CorrectedClocks(15_000, 5_100, 1, 1_000, 0));
        assertThat(view(one, other, caused)).isEqualTo(view);
        assertThat(view(caused, other, one)).isEqualTo(view);
        assertThat(view(other, one, caused)).isEqualTo(view);
    }

    @Test
    void clocksThatAreOffByLessThanTheCapAreBroughtIntoTheRootInAnyOrder() {
        int corrected = 0;
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<SpanFacts> spans = skewed(random);
            Optional<CorrectedClocks> view = CorrectedClocks.of(spans, new SpanTree(spans), CAP);
            if (view.isPresent()) {
                corrected++;
                assertThat(view.get().cappedSpans()).as("seed %d", seed).isZero();
                assertThat(view.get().greatestShiftNanos()).isBetween(1L, CAP.toNanos());
                assertThat(view.get().startNanos()).as("seed %d", seed).isEqualTo(100_000);
                assertThat(view.get().durationNanos()).as("seed %d", seed).isEqualTo(1_000);
            }
            Collections.shuffle(spans, random);
            assertThat(CorrectedClocks.of(spans, new SpanTree(spans), CAP))
                    .as("seed %d", seed)
                    .isEqualTo(view);
        }
        assertThat(corrected).as("traces that needed it").isGreaterThan(450);
    }

    /** A trace as it was, every span within its parent and each of another service, but told by clocks of their own. */
    private static List<SpanFacts> skewed(Random random) {
        List<SpanFacts> spans = new ArrayList<>(List.of(span(1, CLIENT, 0, "s1", 100_000, 101_000)));
        List<Long> durations = new ArrayList<>(List.of(1_000L));
        for (int id = 2; id < 12; id++) {
            int parent = 1 + random.nextInt(id - 1);
            long duration = random.nextLong(durations.get(parent - 1) + 1);
            long start = 100_000 + random.nextLong(4_000) - 2_000;
            durations.add(duration);
            spans.add(span(id, SERVER, parent, "s" + id, start, start + duration));
        }
        return spans;
    }

    private static Optional<CorrectedClocks> view(SpanFacts... spans) {
        List<SpanFacts> all = List.of(spans);
        return CorrectedClocks.of(all, new SpanTree(all), CAP);
    }

    private static SpanFacts span(long id, SpanKind kind, long parent, String service, long start, long end) {
        return new SpanFacts(id, kind, parent, service, "op", start, end, false, 100);
    }
}
