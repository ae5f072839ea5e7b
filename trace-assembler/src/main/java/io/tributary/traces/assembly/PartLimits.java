package io.tributary.traces.assembly;

import io.tributary.schemas.failure.Problems;
import io.tributary.schemas.topic.Topics;
import io.tributary.traces.tree.SpanFacts;
import java.util.ArrayList;
import java.util.List;

/**
 * How large things get.
 *
 * @param partBytes the size of the spans in one part of a revision; a larger span goes alone
 * @param partSpans how many spans one part holds
 * @param pendingBytes when spans of this size wait, they are emitted at once
 * @param pendingSpans when so many spans wait, they are emitted at once
 * @param knownSpans when the facts of so many spans are kept after a revision, they are given up for a summary at once
 */
public record PartLimits(int partBytes, int partSpans, long pendingBytes, int pendingSpans, int knownSpans) {
    /** Room that a message leaves for a trace's ids and summary beside its spans, in bytes. */
    public static final int MARGIN_BYTES = 256 << 10;

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public PartLimits {
        new Problems("")
                .between("part-bytes", partBytes, 1, Topics.MAX_MESSAGE_BYTES - MARGIN_BYTES)
                .atLeast("part-spans", partSpans, 1)
                .atLeast("pending-bytes", pendingBytes, (long) partBytes)
                .atLeast("pending-spans", pendingSpans, 1)
                .atLeast("known-spans", knownSpans, pendingSpans)
                .refuse();
    }

    /** Whether a trace has so much pending that it cannot wait. */
    public boolean isFull(TraceState state) {
        return state.pendingSpans() >= pendingSpans || state.pendingBytes() >= pendingBytes;
    }

    /** The spans in parts that keep the limits, in the order given; at least one part. */
    public List<List<SpanFacts>> split(List<SpanFacts> spans) {
        List<List<SpanFacts>> parts = new ArrayList<>();
        List<SpanFacts> part = new ArrayList<>();
        long bytes = 0;
        for (SpanFacts span : spans) {
            if (!part.isEmpty() && (part.size() == partSpans || bytes + span.bytes() > partBytes)) {
                parts.add(part);
                part = new ArrayList<>();
                bytes = 0;
            }
            part.add(span);
            bytes += span.bytes();
        }
        parts.add(part);
        return parts;
    }
}
