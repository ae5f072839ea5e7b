package io.tributary.promql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0s",
        "324ms, 324, 324ms",
        "3s, 3000, 3s",
        "60s, 60000, 1m",
        "5m, 300000, 5m",
        "10s53ms, 10053, 10s53ms",
        "1h30m, 5400000, 1h30m",
        "4d, 345600000, 4d",
        "1d12h, 129600000, 1d12h",
        "14d, 1209600000, 2w",
        "3w, 1814400000, 3w",
        "3w2d1h, 1990800000, 23d1h",
        "10y, 315360000000, 10y"
    })
    void readsAndPrints(String text, long millis, String printed) {
        assertThat(Durations.parse(text)).isEqualTo(millis);
        assertThat(Durations.format(millis)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1y1m1d", "1s1s", "-1w", "d", " 1s"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage("not a valid duration string: \"" + text + "\"");
    }

    @ParameterizedTest
    @CsvSource({"5y1hs, hs", "1.5d, .", "3M, M"})
    void refusesUnknownUnits(String text, String unit) {
        assertThatThrownBy(() -> Durations.parse(text))
                .hasMessage("unknown unit \"" + unit + "\" in duration \"" + text + "\"");
    }

    @Test
    void refusesNothingAndTooMuch() {
        assertThatThrownBy(() -> Durations.parse("")).hasMessage("empty duration string");
        assertThatThrownBy(() -> Durations.parse("294y")).hasMessage("duration out of range");
    }
}
