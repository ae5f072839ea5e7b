package io.tributary.alerts.grouping;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Told at 0 with a repeat interval of 10 seconds; sets are one letter an alert, "-" is empty. */
class NotificationNeedTest {
    @ParameterizedTest(name = "told {0}/{1}, now {2}/{3}, send_resolved {4}, at {5}: {6}")
    @CsvSource({
        "none, none, ab, -,  true,  1,  FIRST",
        "none, none, -,  ab, true,  1,  ''",
        "a,    -,    ab, -,  true,  1,  NEW_ALERTS",
        "ab,   -,    ab, -,  true,  1,  ''",
        "ab,   -,    ab, -,  true,  10, ''",
        "ab,   -,    ab, -,  true,  11, REPEAT",
        "ab,   -,    a,  b,  true,  1,  NEW_RESOLVED",
        "ab,   b,    a,  b,  true,  1,  ''",
        "ab,   -,    a,  b,  false, 1,  ''",
        "ab,   -,    a,  b,  false, 11, REPEAT",
        "ab,   -,    -,  ab, true,  1,  ALL_RESOLVED",
        "ab,   -,    -,  ab, false, 1,  ALL_RESOLVED",
        "-,    ab,   -,  c,  true,  11, ''",
        "-,    ab,   a,  -,  true,  1,  NEW_ALERTS",
    })
    void decidesAsAlertmanagerDoes(
            String toldFiring,
            String toldResolved,
            String firing,
            String resolved,
            boolean sendResolved,
            long second,
            String reason) {
        Told told = toldFiring.equals("none") ? null : new Told("k", 0, set(toldFiring), set(toldResolved));
        assertThat(NotificationNeed.of(
                                told, set(firing), set(resolved), sendResolved, Duration.ofSeconds(10), second * 1000)
                        .map(Enum::name)
                        .orElse(""))
                .isEqualTo(reason);
    }

    private static Set<String> set(String letters) {
        Set<String> set = new TreeSet<>();
        letters.replace("-", "").chars().forEach(each -> set.add(Character.toString(each)));
        return set;
    }
}
