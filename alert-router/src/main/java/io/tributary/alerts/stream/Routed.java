package io.tributary.alerts.stream;

import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** What the partitions of the metrics topic send to shards. */
sealed interface Routed {
    /** A point that a group in the shard may want. */
    record Point(MetricPoint point) implements Routed {}

    /**
     * A partition of the metrics topic has brought all samples up to a time, those aside that are late.
     *
     * @param source the partition's number
     * @param completeUntil in milliseconds since the epoch
     * @param idle whether the wall clock says so, since there are no samples
     */
    record Progress(int source, long completeUntil, boolean idle) implements Routed {}

    /** Serde of both: a byte that tells which, then the point by its own serde, or the fields of the progress. */
    static Serde<Routed> serde(Serde<MetricPoint> points) {
        return Serdes.serdeFrom(
                (topic, routed) -> switch (routed) {
                    case Point(MetricPoint point) -> {
                        byte[] payload = points.serializer().serialize(topic, point);
                        yield ByteBuffer.allocate(1 + payload.length)
                                .put(Tag.POINT)
                                .put(payload)
                                .array();
                    }
                    case Progress(int source, long until, boolean idle) ->
                        ByteBuffer.allocate(Tag.PROGRESS_BYTES)
                                .put(idle ? Tag.IDLE : Tag.PROGRESS)
                                .putInt(source)
                                .putLong(until)
                                .array();
                },
                (topic, bytes) -> read(points, topic, bytes));
    }

    private static Routed read(Serde<MetricPoint> points, String topic, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte tag = in.hasRemaining() ? in.get() : -1;
        if (tag == Tag.POINT) {
            byte[] payload = new byte[in.remaining()];
            in.get(payload);
            return new Point(points.deserializer().deserialize(topic, payload));
        }
        if ((tag == Tag.PROGRESS || tag == Tag.IDLE) && bytes.length == Tag.PROGRESS_BYTES) {
            return new Progress(in.getInt(), in.getLong(), tag == Tag.IDLE);
        }
        throw new RejectedException(
                Reason.NOT_AVRO, "value: " + bytes.length + " bytes (expected: a point or progress)");
    }

    /** The first byte. */
    final class Tag {
        private static final byte POINT = 1;
        private static final byte PROGRESS = 2;
        private static final byte IDLE = 3;
        private static final int PROGRESS_BYTES = 1 + Integer.BYTES + Long.BYTES;

        private Tag() {}
    }
}
