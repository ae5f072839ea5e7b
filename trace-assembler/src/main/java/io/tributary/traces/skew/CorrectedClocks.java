package io.tributary.traces.skew;

import io.tributary.schemas.avro.CorrectedTimes;
import io.tributary.schemas.avro.SpanKind;
import io.tributary.traces.tree.SpanFacts;
import io.tributary.traces.tree.SpanTree;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Optional;

/**
 * How a trace's times would be if the clocks of its services agreed: a second view, beside the times as they came.
 *
 * <p>A span of another service than its cause's that begins before its cause, or ends after it, is moved into the
 * middle of its cause, as if the way there took as long as the way back; Jaeger's query service does the same. What it
 * caused within its own service has the same clock, and moves with it. A span that takes longer than its cause was not
 * waited for, and neither is a consumer of a message: such a span is only moved so that it does not begin before its
 * cause.
 *
 * @param startNanos the earliest corrected start, in nanoseconds since the epoch UTC
 * @param durationNanos from there to the latest corrected end; at least 0
 * @param shiftedSpans how many spans are moved
 * @param greatestShiftNanos how far the one is moved that is moved most, either way; 0 if none is
 * @param cappedSpans how many spans stay where they are because they would have to be moved further than is allowed
 */
public record CorrectedClocks(
        long startNanos, long durationNanos, int shiftedSpans, long greatestShiftNanos, int cappedSpans) {

    /**
     * The view of these spans; empty when no span contradicts its cause, so that there is nothing to correct.
     *
     * @param spans the trace's spans; a span whose cause is not among them stays where it is
     * @param tree the tree of the same spans
     * @param cap no span is moved further than this; zero for no view at all
     */
    public static Optional<CorrectedClocks> of(Collection<SpanFacts> spans, SpanTree tree, Duration cap) {
        if (cap.isZero()) {
            return Optional.empty();
        }
        for (SpanFacts span : spans) {
            Optional<SpanFacts> cause = tree.causeOf(span);
            if (cause.isPresent() && isOtherClock(cause.get(), span) && shift(cause.get(), 0, span) != 0) {
                return Optional.of(new Offsets(tree, cap.toNanos()).view(spans));
            }
        }
        return Optional.empty();
    }

    /** The same as part of a trace record. */
    public CorrectedTimes times() {
        return new CorrectedTimes(
                startNanos, durationNanos, (long) shiftedSpans, greatestShiftNanos, (long) cappedSpans);
    }

    private static boolean isOtherClock(SpanFacts cause, SpanFacts span) {
        return !cause.service().equals(span.service()) && cause.isTimed() && span.isTimed();
    }

    /** How far a span has to be moved to agree with its cause, which is moved so far itself. */
    private static long shift(SpanFacts cause, long causeShift, SpanFacts span) {
        long early = cause.startNanos() + causeShift - span.startNanos();
        long spare = cause.durationNanos() - span.durationNanos();
        if (spare < 0 || span.kind() == SpanKind.CONSUMER) {
            return Math.max(0, early);
        }
        // It fits if it begins at most as long after its cause as the cause takes longer.
        return early <= 0 && -early <= spare ? 0 : early + spare / 2;
    }

    /** How far each span is moved. */
    private static final class Offsets {
        private final SpanTree tree;
        private final long cap;
        private final IdentityHashMap<SpanFacts, Long> known = new IdentityHashMap<>();
        private int capped;

        Offsets(SpanTree tree, long cap) {
            this.tree = tree;
            this.cap = cap;
        }

        CorrectedClocks view(Collection<SpanFacts> spans) {
            long start = Long.MAX_VALUE;
            long end = 0;
            int shifted = 0;
            long greatest = 0;
            for (SpanFacts span : spans) {
                long offset = of(span);
                if (span.isTimed()) {
                    start = Math.min(start, span.startNanos() + offset);
                    end = Math.max(end, span.endNanos() + offset);
                    shifted += offset == 0 ? 0 : 1;
                    greatest = Math.max(greatest, Math.abs(offset));
                }
            }
            return new CorrectedClocks(start, end - start, shifted, greatest, capped);
        }

        /** Goes up to the first span whose offset is known or that has no cause, and down again: traces are deep. */
        private long of(SpanFacts span) {
            Deque<SpanFacts> path = new ArrayDeque<>();
            SpanFacts at = span;
            while (at != null && !known.containsKey(at)) {
                known.put(at, null);
                path.push(at);
                at = tree.causeOf(at).orElse(null);
            }
            SpanFacts cause = at;
            if (at != null && known.get(at) == null) {
                // Spans that cause each other: none of them can be told to be first, so none is moved.
                while (known.get(at) == null) {
                    known.put(path.pop(), 0L);
                }
            }
            for (SpanFacts next : path) {
                known.put(next, cause == null ? 0 : offset(cause, next));
                cause = next;
            }
            return known.get(span);
        }

        private long offset(SpanFacts cause, SpanFacts span) {
            long causeShift = known.get(cause);
            if (!isOtherClock(cause, span)) {
                return cause.service().equals(span.service()) ? causeShift : 0;
            }
            long shift = shift(cause, causeShift, span);
            if (Math.abs(shift) > cap) {
                capped++;
                return 0;
            }
            return shift;
        }
    }
}
