package io.tributary.gateway.translate;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.serde.Encoded;
import java.io.IOException;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * Attributes as they were sent, in their order, written without a map in between: that is made only for one who looks
 * into it. Keys are unique. It does not change.
 */
final class Attributes extends AbstractMap<String, Object> implements Encoded {
    private static final Schema VALUE =
            Resource.getClassSchema().getField("attributes").schema().getValueType();
    private static final SpecificDatumWriter<Object> NESTED = new SpecificDatumWriter<>(VALUE);
    private static final int NULL = VALUE.getIndexNamed("null");
    private static final int STRING = VALUE.getIndexNamed("string");
    private static final int BOOLEAN = VALUE.getIndexNamed("boolean");
    private static final int LONG = VALUE.getIndexNamed("long");
    private static final int DOUBLE = VALUE.getIndexNamed("double");

    private final List<KeyValue> sent;
    private @Nullable Map<String, Object> map;

    Attributes(List<KeyValue> sent) {
        this.sent = sent;
    }

    @Override
    public void writeTo(Encoder out) throws IOException {
        out.writeMapStart();
        out.setItemCount(sent.size());
        for (int i = 0; i < sent.size(); i++) {
            KeyValue attribute = sent.get(i);
            out.startItem();
            out.writeString(attribute.getKey());
            write(attribute.getValue(), out);
        }
        out.writeMapEnd();
    }

    private static void write(AnyValue value, Encoder out) throws IOException {
        switch (value.getValueCase()) {
            case STRING_VALUE -> {
                out.writeIndex(STRING);
                out.writeString(value.getStringValue());
            }
            case BOOL_VALUE -> {
                out.writeIndex(BOOLEAN);
                out.writeBoolean(value.getBoolValue());
            }
            case INT_VALUE -> {
                out.writeIndex(LONG);
                out.writeLong(value.getIntValue());
            }
            case DOUBLE_VALUE -> {
                out.writeIndex(DOUBLE);
                out.writeDouble(value.getDoubleValue());
            }
            case VALUE_NOT_SET -> {
                out.writeIndex(NULL);
                out.writeNull();
            }
            default -> NESTED.write(AnyValues.of(value), out);
        }
    }

    @Override
    public int size() {
        return sent.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        if (map == null) {
            map = AnyValues.map(sent);
        }
        return map.entrySet();
    }
}
