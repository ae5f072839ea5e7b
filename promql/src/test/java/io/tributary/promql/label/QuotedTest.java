package io.tributary.promql.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @Test
    void readsTheThreeQuotes() {
        assertThat(Quoted.unquote("\"a'b`\"")).isEqualTo("a'b`");
        assertThat(Quoted.unquote("'a\"b'")).isEqualTo("a\"b");
        assertThat(Quoted.unquote("`a\\n`")).isEqualTo("a\\n");
    }

    @Test
    void readsEscapes() {
        assertThat(Quoted.unquote("\"\\t\\\\\\\"\\x41\\102\\u70ac\\U0001F600\""))
                .isEqualTo("\t\\\"AB\u70ac\ud83d\ude00");
    }

    @Test
    void bytesMakeOneCharacter() {
        assertThat(Quoted.unquote("'\\xe7\\x82\\xac'")).isEqualTo("\u70ac");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "a",
                "'a",
                "'a'b",
                "'\\'",
                "'\\\"'",
                "'\\q'",
                "'\\x4'",
                "'\\x4g'",
                "'\\777'",
                "'\\ud800'"
            })
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Quoted.unquote(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsTheEnd() {
        assertThat(Quoted.end("x='a\\'b' c", 2)).isEqualTo(8);
        assertThat(Quoted.end("'a\nb'", 0)).isEqualTo(-1);
        assertThat(Quoted.end("`a\nb`", 0)).isEqualTo(5);
    }
}
