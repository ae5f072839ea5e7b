package io.tributary.connect.series;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource({
        "0.005, 0.005",
        "1, 1",
        "2.5, 2.5",
        "10, 10",
        "100000, 100000",
        "1000000, 1e+06",
        "1234567, 1.234567e+06",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "-0.5, -0.5",
        "0, 0",
        "1e100, 1e+100",
        "Infinity, +Inf",
        "-Infinity, -Inf",
        "NaN, NaN"
    })
    void numbersAreWrittenAsPrometheusDoes(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
    }
}
