package io.tributary.schemas.serde;

import io.tributary.schemas.avro.TraceId;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SourceId;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Serdes of keys that are plain bytes: the 16 bytes of a series or trace id, the 8 of a source id. Bytes of another
 * length are rejected as {@link Reason#INVALID_KEY}.
 */
public final class IdSerdes {
    private static final int TRACE_ID_BYTES = 16;

    private IdSerdes() {}

    /** Serde of {@link SeriesId}. */
    public static Serde<SeriesId> seriesId() {
        return of("series id", SeriesId.BYTES, SeriesId::toBytes, SeriesId::of);
    }

    /** Serde of {@link SourceId}. */
    public static Serde<SourceId> sourceId() {
        return of("source id", SourceId.BYTES, SourceId::toBytes, SourceId::of);
    }

    /** Serde of {@link TraceId}. */
    public static Serde<TraceId> traceId() {
        return of("trace id", TRACE_ID_BYTES, TraceId::bytes, TraceId::new);
    }

    private static <T> Serde<T> of(
            String name, int length, Function<T, byte[]> toBytes, Function<byte[], T> fromBytes) {
        return Serdes.serdeFrom((topic, id) -> id == null ? null : toBytes.apply(id), (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            if (bytes.length != length) {
                throw new RejectedException(
                        Reason.INVALID_KEY, name + ": " + bytes.length + " bytes (expected: " + length + ")");
            }
            return fromBytes.apply(bytes);
        });
    }
}
