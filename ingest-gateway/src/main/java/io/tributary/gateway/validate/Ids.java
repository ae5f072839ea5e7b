package io.tributary.gateway.validate;

import com.google.protobuf.ByteString;
import io.tributary.schemas.avro.SpanId;
import io.tributary.schemas.avro.TraceId;
import org.jspecify.annotations.Nullable;

/** Trace and span ids: valid are those of the right length that are not all zero. W3C: Trace Context. */
public final class Ids {
    private static final int TRACE_ID_BYTES = 16;
    private static final int SPAN_ID_BYTES = 8;

    private Ids() {}

    /** The trace id, or null if it is not valid. */
    public static @Nullable TraceId traceId(ByteString bytes) {
        return isValid(bytes, TRACE_ID_BYTES) ? new TraceId(bytes.toByteArray()) : null;
    }

    /** The span id, or null if it is not valid. */
    public static @Nullable SpanId spanId(ByteString bytes) {
        return isValid(bytes, SPAN_ID_BYTES) ? new SpanId(bytes.toByteArray()) : null;
    }

    /** The id of a span's parent, or null for a root: empty, or all zero as some clients send it. */
    public static @Nullable SpanId parentSpanId(ByteString bytes) {
        if (!bytes.isEmpty() && bytes.size() != SPAN_ID_BYTES) {
            throw new RefusedException(Refusal.INVALID_PARENT_SPAN_ID);
        }
        return spanId(bytes);
    }

    /** The value, which must be there. */
    public static <T> T required(@Nullable T id, Refusal otherwise) {
        if (id == null) {
            throw new RefusedException(otherwise);
        }
        return id;
    }

    private static boolean isValid(ByteString bytes, int length) {
        if (bytes.size() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes.byteAt(i) != 0) {
                return true;
            }
        }
        return false;
    }
}
