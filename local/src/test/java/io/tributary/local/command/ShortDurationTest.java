package io.tributary.local.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ShortDurationTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "2h,PT2H"})
    void readsEachUnit(String text, Duration expected) {
        assertThat(new ShortDuration().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-3s", "1.5s", "3d", "9999999999s"})
    void refusesWhatIsNotOne(String text) {
        assertThatThrownBy(() -> new ShortDuration().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("expected: such as 500ms, 30s, 5m or 2h");
    }

    @Test
    void spacesAroundItDoNotMatter() {
        assertThat(new ShortDuration().convert(" 30s ")).isEqualTo(Duration.ofSeconds(30));
    }
}
