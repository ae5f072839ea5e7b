package io.tributary.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.identity.SeriesId;
import io.tributary.schemas.identity.SeriesText;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.serde.AvroSerde;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class LabellingTest {
    private static final Map<String, String> FIXED = Map.of("job", "shop", "otel_scope_name", "library");

    private final AvroSerde<MetricPoint> serde =
            new AvroSerde<>(new SchemaRegistry("mock://labelling"), "metrics-value", MetricPoint.class);

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    @Test
    void keysBecomeLabelNames() {
        assertThat(new Labelling(Map.of())
                        .of(List.of(
                                attribute("http.method", "GET"),
                                attribute("a__b", "1"),
                                attribute("9lives", "cat"),
                                attribute("plain_1", "p"),
                                attribute("empty", ""))))
                .isEqualTo(Map.of("http_method", "GET", "a_b", "1", "key_9lives", "cat", "plain_1", "p"));
    }

    @Test
    void valuesOfKeysThatBecomeOneLabelAreJoinedInTheOrderOfTheKeys() {
        assertThat(new Labelling(Map.of("job", "shop"))
                        .of(List.of(
                                attribute("a_b", "third"),
                                attribute("a-b", "first"),
                                attribute("a.b", "second"),
                                attribute("c", "other"))))
                .isEqualTo(Map.of("a_b", "first;second;third", "c", "other", "job", "shop"));
    }

    @Test
    void fixedLabelsWinOverAttributes() {
        assertThat(new Labelling(Map.of("job", "shop/cart")).of(List.of(attribute("job", "mine"))))
                .isEqualTo(Map.of("job", "shop/cart"));
    }

    /** The rule as it is written down, for one point alone. */
    private static Map<String, String> byTheRule(List<KeyValue> attributes) {
        TreeMap<String, String> labels = new TreeMap<>();
        attributes.stream()
                .sorted(Comparator.comparing(KeyValue::getKey))
                .filter(attribute -> !attribute.getValue().getStringValue().isEmpty())
                .forEach(attribute -> labels.merge(
                        Names.label(attribute.getKey()),
                        attribute.getValue().getStringValue(),
                        (one, other) -> one + ";" + other));
        labels.putAll(FIXED);
        return labels;
    }

    @Property
    void whateverPointsCameBeforeLabelsSeriesAndBytesAreThoseOfThePointAlone(
            @ForAll("points") List<List<KeyValue>> points) {
        Labelling labelling = new Labelling(FIXED);
        SeriesText text = new SeriesText();
        for (List<KeyValue> attributes : points) {
            LabelSet labels = labelling.of(attributes);
            Map<String, String> expected = byTheRule(attributes);
            assertThat(labels).isEqualTo(expected);
            assertThat(labels.keySet()).containsExactlyElementsOf(expected.keySet());
            assertThat(labels.series("acme", "up", text)).isEqualTo(SeriesId.of("acme", "up", expected));
            assertThat(serde.encode(point(labels))).isEqualTo(serde.encode(point(expected)));
        }
    }

    private static MetricPoint point(Map<String, String> labels) {
        return MetricPoint.newBuilder()
                .setName("up")
                .setTimeUnixNano(1)
                .setLabels(labels)
                .build();
    }

    /** Points of few keys, so that many have the same, and some collide; mostly with all their values. */
    @Provide
    Arbitrary<List<List<KeyValue>>> points() {
        Arbitrary<List<String>> keys =
                Arbitraries.of("a.b", "a_b", "job", "z", "9x", "é", "").list().ofMaxSize(4);
        Arbitrary<String> value = Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just("")), Tuple.of(9, Arbitraries.of("x", "yy", "grün", "\uD83D\uDE00")));
        Arbitrary<List<KeyValue>> point =
                keys.flatMap(names -> value.list().ofSize(names.size()).map(values -> attributes(names, values)));
        Arbitrary<List<KeyValue>> sameKeys =
                value.list().ofSize(3).map(values -> attributes(List.of("z", "a.b", "job"), values));
        return Arbitraries.oneOf(point, sameKeys).list().ofMaxSize(8);
    }

    private static List<KeyValue> attributes(List<String> names, List<String> values) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> attribute(names.get(i), values.get(i)))
                .toList();
    }
}
