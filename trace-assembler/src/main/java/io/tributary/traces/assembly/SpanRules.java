package io.tributary.traces.assembly;

import io.tributary.schemas.avro.Span;
import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.Tenant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.generic.GenericFixed;

/** What a span must be like to be assembled. Times are not judged: raw times are kept, however wrong. */
public final class SpanRules {
    private SpanRules() {}

    /**
     * Checks a span and its key.
     *
     * @throws RejectedException with {@link Reason#INVALID_RECORD} and every problem of the span, or else with
     *     {@link Reason#INVALID_KEY} if the key is not the span's trace id
     */
    public static void check(TraceId key, Span span) {
        List<String> problems = new ArrayList<>();
        if (!Tenant.isValid(span.getTenant())) {
            problems.add("tenant: malformed (expected: 1 to 64 of a-z, 0-9, dot and underscore)");
        }
        nonZero(problems, "trace_id", span.getTraceId());
        nonZero(problems, "span_id", span.getSpanId());
        if (span.getParentSpanId() != null) {
            nonZero(problems, "parent_span_id", span.getParentSpanId());
        }
        if (!problems.isEmpty()) {
            throw new RejectedException(Reason.INVALID_RECORD, String.join("; ", problems));
        }
        if (!span.getTraceId().equals(key)) {
            throw new RejectedException(
                    Reason.INVALID_KEY, "key: " + (key == null ? "null" : key) + " (expected: the span's trace id)");
        }
    }

    private static void nonZero(List<String> problems, String name, GenericFixed id) {
        for (byte one : id.bytes()) {
            if (one != 0) {
                return;
            }
        }
        problems.add(name + ": all zero (expected: a byte that is not)");
    }
}
