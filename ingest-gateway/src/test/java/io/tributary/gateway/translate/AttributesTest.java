package io.tributary.gateway.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.serde.AvroSerde;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.ListArbitrary;

class AttributesTest {
    private final AvroSerde<LogRecord> serde =
            new AvroSerde<>(new SchemaRegistry("mock://attributes"), "logs-value", LogRecord.class);

    @Property
    void theirBytesAreThoseOfAMapOfTheSameOrder(@ForAll("attributes") List<KeyValue> attributes) {
        Map<String, Object> map = new LinkedHashMap<>();
        attributes.forEach(attribute -> map.put(attribute.getKey(), AnyValues.of(attribute.getValue())));
        Map<String, Object> translated = AnyValues.of(attributes);

        byte[] encoded = serde.encode(log(translated));
        assertThat(translated).isEqualTo(map).hasSameSizeAs(map);
        assertThat(serde.decode(encoded)).isEqualTo(log(map));
        if (map.size() == attributes.size()) {
            assertThat(encoded).isEqualTo(serde.encode(log(map)));
        }
    }

    private static LogRecord log(Map<String, Object> attributes) {
        return LogRecord.newBuilder().setAttributes(attributes).build();
    }

    /** Of few keys, so that some come twice; at times of more than are compared with each other. */
    @Provide
    Arbitrary<List<KeyValue>> attributes() {
        return Arbitraries.oneOf(
                entries(Arbitraries.of("a", "b.c", "é", "")).ofMaxSize(6),
                entries(Arbitraries.strings().alpha().ofLength(3)).ofMinSize(10).ofMaxSize(25));
    }

    private static ListArbitrary<KeyValue> entries(Arbitrary<String> keys) {
        return Combinators.combine(keys, value(2))
                .as((key, value) ->
                        KeyValue.newBuilder().setKey(key).setValue(value).build())
                .list();
    }

    private static Arbitrary<AnyValue> value(int depth) {
        Arbitrary<AnyValue> scalar = Arbitraries.oneOf(
                Arbitraries.just(AnyValue.getDefaultInstance()),
                Arbitraries.of("", "text", "grün", "\uD83D\uDE00")
                        .map(text -> AnyValue.newBuilder().setStringValue(text).build()),
                Arbitraries.of(true, false)
                        .map(bool -> AnyValue.newBuilder().setBoolValue(bool).build()),
                Arbitraries.longs()
                        .map(whole -> AnyValue.newBuilder().setIntValue(whole).build()),
                Arbitraries.doubles()
                        .map(real -> AnyValue.newBuilder().setDoubleValue(real).build()),
                Arbitraries.bytes()
                        .array(byte[].class)
                        .ofMaxSize(4)
                        .map(bytes -> AnyValue.newBuilder()
                                .setBytesValue(ByteString.copyFrom(bytes))
                                .build()));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<AnyValue> inner = Arbitraries.lazy(() -> value(depth - 1));
        return Arbitraries.oneOf(
                scalar,
                inner.list()
                        .ofMaxSize(3)
                        .map(values -> AnyValue.newBuilder()
                                .setArrayValue(ArrayValue.newBuilder().addAllValues(values))
                                .build()),
                Combinators.combine(Arbitraries.of("x", "y", "z"), inner)
                        .as((key, value) -> KeyValue.newBuilder()
                                .setKey(key)
                                .setValue(value)
                                .build())
                        .list()
                        .ofMaxSize(3)
                        .map(values -> AnyValue.newBuilder()
                                .setKvlistValue(KeyValueList.newBuilder().addAllValues(values))
                                .build()));
    }
}
