package io.tributary.connect.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.connect.sink.Fate;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RetryableException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BisectionTest {
    private static final Fate BAD = Fate.dropped("bad");
    private final List<Integer> stored = new ArrayList<>();

    @Test
    void whatTheStoreRefusesStandsAloneInTheEnd() {
        Bisection<Integer> bisection = new Bisection<>(
                batch -> batch.contains(3) || batch.contains(6) ? new Answer(400, "no") : take(batch), answer -> BAD);
        assertThat(bisection.write(List.of(1, 2, 3, 4, 5, 6, 7)))
                .containsExactly(Fate.STORED, Fate.STORED, BAD, Fate.STORED, Fate.STORED, BAD, Fate.STORED);
        assertThat(stored).containsExactlyInAnyOrder(1, 2, 4, 5, 7);
    }

    @Test
    void aRequestThatIsTooLargeIsHalvedAndARecordThatIsTooLargeADeadLetter() {
        Bisection<Integer> bisection = new Bisection<>(
                batch -> batch.stream().mapToInt(Integer::intValue).sum() > 10 ? new Answer(413, "") : take(batch),
                answer -> BAD);
        List<Fate> fates = bisection.write(List.of(4, 5, 6, 11));
        assertThat(fates.subList(0, 3)).containsOnly(Fate.STORED);
        assertThat(fates.get(3))
                .isInstanceOfSatisfying(
                        Fate.Refused.class,
                        refused -> assertThat(refused.cause().reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 404, 408, 429, 500, 502, 503, 504})
    void everythingElseIsTriedAgain(int status) {
        Bisection<Integer> bisection = new Bisection<>(batch -> new Answer(status, "why"), answer -> BAD);
        assertThatThrownBy(() -> bisection.write(List.of(1, 2)))
                .isInstanceOf(RetryableException.class)
                .hasMessage("HTTP " + status + ": why");
    }

    private Answer take(List<Integer> batch) {
        stored.addAll(batch);
        return new Answer(204, "");
    }
}
