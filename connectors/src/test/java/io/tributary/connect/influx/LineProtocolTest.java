package io.tributary.connect.influx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineProtocolTest {
    @Test
    void tagsAndFieldsComeInOrder() {
        assertThat(line(StoreType.INFLUXDB, "m", Map.of("b", "2", "a", "1"), Map.of("sum", 2.5, "count", 1.0)))
                .isEqualTo("m,a=1,b=2 count=1.0,sum=2.5 17\n");
    }

    @Test
    void aRowWithoutTagsHasNoComma() {
        assertThat(line(StoreType.QUESTDB, "m", Map.of(), Map.of("value", -1e300)))
                .isEqualTo("m __series__=\"c338270b-2808-2312-157e-cdab9c5c22bf\",value=-1.0E300 17\n");
    }

    @Test
    void questDbIsToldTheSeriesWhichIsTheSameEverAfter() {
        assertThat(line(StoreType.QUESTDB, "m", Map.of("b", "2", "a", "1"), Map.of("value", 1.0)))
                .isEqualTo("m,a=1,b=2 __series__=\"c0af0a83-6857-91c9-6201-51fb5bd88b70\",value=1.0 17\n");
        assertThat(line(StoreType.QUESTDB, "m", Map.of("b", "1", "a", "2"), Map.of("value", 1.0)))
                .doesNotContain("c0af0a83-6857-91c9-6201-51fb5bd88b70");
    }

    @Test
    void influxDbHasNoEscapeForBackslashAndLineBreak() {
        assertThat(tag(StoreType.INFLUXDB, "a b,c=d")).isEqualTo("a\\ b\\,c\\=d");
        assertThat(tag(StoreType.INFLUXDB, "C:\\dir\\")).isEqualTo("C:\\dir/");
        assertThat(tag(StoreType.INFLUXDB, "x\\ y")).isEqualTo("x/\\ y");
        assertThat(tag(StoreType.INFLUXDB, "one\ntwo\r")).isEqualTo("one\\ntwo\\r");
        assertThat(tag(StoreType.INFLUXDB, "say \"ü\"")).isEqualTo("say\\ \"ü\"");
    }

    @Test
    void questDbTakesABackslashBeforeAnything() {
        assertThat(tag(StoreType.QUESTDB, "a b,c=d\\\n\"")).isEqualTo("a\\ b\\,c\\=d\\\\\\\n\\\"");
    }

    private static String tag(StoreType type, String value) {
        String line = line(type, "m", Map.of("t", value), Map.of("value", 1.0));
        return line.substring("m,t=".length()).replaceFirst("( __series__=\"[-0-9a-f]{36}\",| )value=1\\.0 17\n$", "");
    }

    private static String line(StoreType type, String table, Map<String, String> tags, Map<String, Double> fields) {
        StringBuilder out = new StringBuilder();
        LineProtocol.write(out, new Row(table, new TreeMap<>(tags), fields, 17), type);
        return out.toString();
    }
}
