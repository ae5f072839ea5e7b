package io.tributary.schemas.failure;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    @Test
    void everyProblemIsSaidAndNothingElse() {
        Problems problems = new Problems("shop.")
                .atLeast("least", 1, 1)
                .atLeast("fewer", 0, 1)
                .between("low", 0L, 1L, 3L)
                .between("lowest", 1L, 1L, 3L)
                .between("highest", Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .between("high", Duration.ofSeconds(4), Duration.ofSeconds(1), Duration.ofSeconds(3))
                .in(
                        "door.",
                        () -> new Problems("")
                                .expect(false, "width", 7, "a door")
                                .expect(false, "height", 8, "a door")
                                .refuse())
                .expect(true, "name", "any", "a name");
        assertThatThrownBy(problems::refuse)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shop.fewer: 0 (expected: at least 1); shop.low: 0 (expected: 1 to 3);"
                        + " shop.high: PT4S (expected: PT1S to PT3S); shop.door.width: 7 (expected: a door);"
                        + " shop.door.height: 8 (expected: a door)");
    }

    @Test
    void settingsWithoutProblemsAreNotRefused() {
        assertThatCode(new Problems("shop.").in("door.", () -> {})::refuse).doesNotThrowAnyException();
    }
}
