package io.tributary.delivery.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WaterMarksTest {
    private final WaterMarks marks = new WaterMarks(100, 40);

    @Test
    void readingRestsAtTheHighMarkAndGoesOnAtTheLowOne() {
        assertThat(marks.rests(false, 99)).isFalse();
        assertThat(marks.rests(false, 100)).isTrue();
        assertThat(marks.rests(true, 41)).isTrue();
        assertThat(marks.rests(true, 40)).isFalse();
    }

    @Test
    void marksOutOfOrderAreRefused() {
        assertThatThrownBy(() -> new WaterMarks(10, 10)).hasMessageContaining("low: 10");
        assertThatThrownBy(() -> new WaterMarks(10, -1)).hasMessageContaining("low: -1");
    }
}
