package io.tributary.metrics.point;

import io.tributary.schemas.avro.MetricKind;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Temporality;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SeriesText;
import io.tributary.schemas.serde.AvroSkip;
import io.tributary.schemas.serde.GrowingData;
import io.tributary.schemas.serde.PayloadDecoder;
import io.tributary.schemas.topic.Topic;
import java.io.IOException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.util.Utf8;

/**
 * Reads of a point what a rollup is made of: tenant, name, unit, kind, times and value. Labels, which most points only
 * repeat, are {@link SentLabels}: hashed in the bytes in which they came, since a point's key must be theirs. Over all
 * else it only walks; those fields are not set. Safe for use by many threads.
 */
public final class PointGlance {
    private static final MetricKind[] KINDS = MetricKind.values();
    private static final Temporality[] TEMPORALITIES = Temporality.values();
    private static final int NOTHING = 0;
    private static final int NUMBER = 1;

    private final Topic<?, MetricPoint> points;
    /** What reads each branch of a value's union. */
    private final List<SpecificDatumReader<Object>> values;

    /** Reads values of this topic. */
    public PointGlance(Topic<?, MetricPoint> points) {
        this.points = points;
        SpecificData data = new GrowingData(MetricPoint.class);
        this.values = MetricPoint.getClassSchema().getField("value").schema().getTypes().stream()
                .map(type -> new SpecificDatumReader<>(type, type, data))
                .toList();
    }

    /**
     * The point in the payload; null for null. It is whole if the payload is written with another schema than the
     * newest, or if its labels are not in order or not ASCII.
     *
     * @throws RejectedException as {@link Topic#decodeValue}
     */
    public MetricPoint read(byte[] payload) {
        if (payload != null && points.isCurrent(payload)) {
            PayloadDecoder in = new PayloadDecoder(payload);
            try {
                MetricPoint point = read(in, payload);
                if (point != null && in.isEnd()) {
                    return point;
                }
            } catch (IOException
                    | AvroRuntimeException
                    | IndexOutOfBoundsException
                    | IllegalArgumentException
                    | NegativeArraySizeException
                    | UnsupportedOperationException e) {
                // What is wrong with it, decoding all of it tells.
            }
        }
        return points.decodeValue(payload);
    }

    /** Field by field, in the order of the schema; null if its labels must be decoded. */
    private MetricPoint read(PayloadDecoder in, byte[] payload) throws IOException {
        MetricPoint point = new MetricPoint();
        point.setTenant(in.readString());
        point.setName(in.readString());
        SeriesId series = series(in, new SeriesText().begin(point.getTenant(), point.getName()));
        if (series == null) {
            return null;
        }
        point.setLabels(new SentLabels(series, () -> points.decodeValue(payload).getLabels()));
        in.skipBytes(); // source_name
        point.setUnit(in.readString());
        in.skipBytes(); // description
        point.setKind(KINDS[in.readEnum()]);
        point.setTemporality(TEMPORALITIES[in.readEnum()]);
        point.setMonotonic(in.readBoolean());
        point.setStartTimeUnixNano(in.readLong());
        point.setTimeUnixNano(in.readLong());
        point.setValue(value(in));
        skipExemplars(in);
        AvroSkip.resource(in);
        AvroSkip.scope(in);
        return point;
    }

    /**
     * The series by its labels, if they come in the order in which they are hashed, and their bytes are those of the
     * texts that they decode to; null otherwise. For the order of bytes to be that of names, too, they must be ASCII.
     */
    private static SeriesId series(PayloadDecoder in, SeriesText text) throws IOException {
        Utf8 before = new Utf8();
        Utf8 name = new Utf8();
        Utf8 value = new Utf8();
        boolean isFirst = true;
        for (long items = in.readMapStart(); items > 0; items = in.mapNext()) {
            for (long i = 0; i < items; i++) {
                name = in.readString(name);
                value = in.readString(value);
                if (!isAscii(name) || !isAscii(value) || (!isFirst && name.compareTo(before) <= 0)) {
                    return null;
                }
                text.label(name, value);
                Utf8 free = before;
                before = name;
                name = free;
                isFirst = false;
            }
        }
        return text.id();
    }

    private static boolean isAscii(Utf8 text) {
        byte[] bytes = text.getBytes();
        int all = 0;
        for (int i = 0; i < text.getByteLength(); i++) {
            all |= bytes[i];
        }
        return all >= 0;
    }

    private Object value(PayloadDecoder in) throws IOException {
        int branch = AvroSkip.branch(in, values.size());
        return switch (branch) {
            case NOTHING -> null;
            case NUMBER -> in.readDouble();
            default -> values.get(branch).read(null, in);
        };
    }

    private static void skipExemplars(PayloadDecoder in) throws IOException {
        for (long items = in.readArrayStart(); items > 0; items = in.arrayNext()) {
            for (long i = 0; i < items; i++) {
                in.readLong(); // time_unix_nano
                in.readDouble(); // value
                skipIfThere(in, 16); // trace_id
                skipIfThere(in, 8); // span_id
                AvroSkip.attributes(in);
            }
        }
    }

    private static void skipIfThere(PayloadDecoder in, int bytes) throws IOException {
        if (AvroSkip.branch(in, 2) != NOTHING) {
            in.skipFixed(bytes);
        }
    }
}
