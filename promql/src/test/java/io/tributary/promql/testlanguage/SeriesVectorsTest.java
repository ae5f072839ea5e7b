package io.tributary.promql.testlanguage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.promql.SharedData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What Prometheus's own tests of series descriptions expect. */
class SeriesVectorsTest {

    @TestFactory
    Stream<DynamicTest> readsOrRefuses() throws IOException {
        return SharedData.cases("promql/series-vectors.yaml").stream().map(vector -> {
            String text = (String) vector.get("input");
            return DynamicTest.dynamicTest(text, () -> check(text, vector));
        });
    }

    @SuppressWarnings("unchecked")
    private static void check(String text, Map<String, Object> vector) {
        if (vector.get("valid").equals("false")) {
            assertThatThrownBy(() -> SeriesDescription.parse(text)).isInstanceOf(NotationException.class);
            return;
        }
        List<SeriesValue> expected = ((List<String>) vector.get("values"))
                .stream()
                        .<SeriesValue>map(value -> value.equals("none")
                                ? new SeriesValue.Gap()
                                : new SeriesValue.Plain(Double.parseDouble(value)))
                        .toList();
        assertThat(SeriesDescription.parse(text).values()).isEqualTo(expected);
    }
}
