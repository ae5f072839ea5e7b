package io.tributary.traces.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.TraceSummary;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetiredSpansTest {
    @Test
    void numbersAddUpAndTimesSpanBoth() {
        TraceSummary both = RetiredSpans.with(
                summary("shop", 100, 50, 3, 1, Completeness.COMPLETE, "cart", "shop"),
                summary("mail", 90, 100, 2, 2, Completeness.MISSING_ROOT, "mail", "shop"));
        assertThat(both).isEqualTo(summary("shop", 90, 100, 5, 3, Completeness.COMPLETE, "cart", "mail", "shop"));
    }

    @Test
    void aRootThatComesLateIsShown() {
        TraceSummary both = RetiredSpans.with(
                summary("cart", 100, 50, 3, 0, Completeness.MISSING_ROOT, "cart"),
                summary("shop", 110, 10, 1, 0, Completeness.COMPLETE, "shop"));
        assertThat(both.getRootService()).isEqualTo("shop");
        assertThat(both.getCompleteness()).isEqualTo(Completeness.MISSING_PARENT);
    }

    @Test
    void withoutRootTheEarlierIsShown() {
        TraceSummary early = summary("cart", 100, 50, 3, 0, Completeness.MISSING_ROOT, "cart");
        TraceSummary late = summary("stock", 110, 10, 1, 0, Completeness.MISSING_ROOT, "stock");
        TraceSummary untimed = summary("none", 0, 0, 1, 0, Completeness.MISSING_ROOT, "none");
        assertThat(RetiredSpans.with(early, late).getRootService()).isEqualTo("cart");
        assertThat(RetiredSpans.with(late, early).getRootService()).isEqualTo("cart");
        assertThat(RetiredSpans.with(untimed, late).getRootService()).isEqualTo("stock");
        assertThat(RetiredSpans.with(late, untimed).getStartTimeUnixNano()).isEqualTo(110);
    }

    private static TraceSummary summary(
            String root, long start, long duration, long spans, long errors, Completeness why, String... services) {
        return new TraceSummary(root, "op", start, duration, spans, errors, List.of(services), why);
    }
}
