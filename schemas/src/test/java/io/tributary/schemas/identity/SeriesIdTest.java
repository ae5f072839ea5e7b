package io.tributary.schemas.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesIdTest {
    @Test
    void theOrderOfLabelsDoesNotMatter() {
        Map<String, String> forwards = new LinkedHashMap<>();
        forwards.put("a", "1");
        forwards.put("b", "2");
        Map<String, String> backwards = new LinkedHashMap<>();
        backwards.put("b", "2");
        backwards.put("a", "1");
        assertThat(SeriesId.of("t", "up", forwards)).isEqualTo(SeriesId.of("t", "up", backwards));
    }

    @Test
    void anEmptyLabelIsAbsent() {
        assertThat(SeriesId.of("t", "up", Map.of("a", "1", "b", "")))
                .isEqualTo(SeriesId.of("t", "up", Map.of("a", "1")));
    }

    @Test
    void tenantNameLabelAndValueAllCount() {
        SeriesId id = SeriesId.of("t", "up", Map.of("a", "b"));
        assertThat(id)
                .isNotEqualTo(SeriesId.of("u", "up", Map.of("a", "b")))
                .isNotEqualTo(SeriesId.of("t", "down", Map.of("a", "b")))
                .isNotEqualTo(SeriesId.of("t", "up", Map.of("b", "a")))
                .isNotEqualTo(SeriesId.of("t", "up", Map.of("a", "c")))
                .isNotEqualTo(SeriesId.of("t", "up", Map.of()));
    }

    /** A producer in another language can check its own hash against this value. */
    @Test
    void theHashIsTheDocumentedOne() {
        Map<String, String> labels = new TreeMap<>(Map.of("job", "api", "instance", "one"));
        assertThat(SeriesId.of("default", "up", labels)).hasToString("9dc4280d0476d71b736cf30a333fa124");
    }

    @Test
    void bytesGoThereAndBack() {
        SeriesId id = SeriesId.of("default", "up", Map.of("job", "api"));
        assertThat(SeriesId.of(id.toBytes())).isEqualTo(id);
    }

    @Test
    void anotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SeriesId.of(new byte[15]))
                .withMessage("series id: 15 bytes (expected: 16)");
    }
}
