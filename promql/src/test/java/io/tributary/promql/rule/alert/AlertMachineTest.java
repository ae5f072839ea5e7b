package io.tributary.promql.rule.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.promql.label.Labels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AlertMachineTest {

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Labels FIRST = Labels.of("alertname", "A", "job", "a");
    private static final Labels SECOND = Labels.of("alertname", "A", "job", "b");

    @Property
    void anAlertIsInTheStateThatItsHistoryGives(
            @ForAll @Size(max = 40) List<Boolean> history,
            @ForAll @IntRange(max = 240) int hold,
            @ForAll @IntRange(max = 240) int keep) {
        var machine = new AlertMachine(Duration.ofSeconds(hold), Duration.ofSeconds(keep));
        List<Alert> alerts = List.of();
        long run = 0;
        long absent = 0;
        boolean fires = false;
        for (int i = 0; i < history.size(); i++) {
            boolean there = history.get(i);
            run = there ? run + 1 : 0;
            absent = there ? 0 : absent + 1;
            fires = there ? fires || seconds(run - 1) >= hold : fires && seconds(absent - 1) < keep;

            alerts =
                    step(machine, alerts, i, there ? List.of(FIRST) : List.of()).alerts();

            AlertState expected = fires ? AlertState.FIRING : there ? AlertState.PENDING : AlertState.INACTIVE;
            assertThat(state(alerts, FIRST))
                    .as("after %s of %s", i + 1, history)
                    .isEqualTo(expected);
        }
    }

    @Property
    void transitionsLeadFromEachStateToTheNext(
            @ForAll @Size(max = 40) List<@IntRange(max = 3) Integer> history,
            @ForAll @IntRange(max = 240) int hold,
            @ForAll @IntRange(max = 240) int keep) {
        var machine = new AlertMachine(Duration.ofSeconds(hold), Duration.ofSeconds(keep));
        Map<Labels, AlertState> states = new HashMap<>();
        List<Alert> alerts = List.of();
        for (int i = 0; i < history.size(); i++) {
            var there = new ArrayList<Labels>();
            if ((history.get(i) & 1) != 0) {
                there.add(FIRST);
            }
            if ((history.get(i) & 2) != 0) {
                there.add(SECOND);
            }
            AlertStep step = step(machine, alerts, i, there);
            for (Transition transition : step.transitions()) {
                AlertState before = states.put(transition.alert().labels(), transition.to());
                assertThat(transition.from()).isEqualTo(before == null ? AlertState.INACTIVE : before);
                assertThat(transition.to())
                        .isEqualTo(transition.alert().state())
                        .isNotEqualTo(transition.from());
            }
            alerts = step.alerts();
            for (Labels labels : List.of(FIRST, SECOND)) {
                assertThat(state(alerts, labels)).isEqualTo(states.getOrDefault(labels, AlertState.INACTIVE));
            }
        }
    }

    @Test
    void anAlertWithoutHoldFiresAtOnce() {
        AlertStep step = step(new AlertMachine(Duration.ZERO, Duration.ZERO), List.of(), 0, List.of(FIRST));

        assertThat(step.transitions()).singleElement().satisfies(transition -> {
            assertThat(transition.from()).isEqualTo(AlertState.INACTIVE);
            assertThat(transition.to()).isEqualTo(AlertState.FIRING);
            assertThat(transition.alert().firedAt()).isZero();
        });
    }

    @Test
    void anAlertThatComesBackAfterItsEndIsANewOne() {
        var machine = new AlertMachine(Duration.ofMinutes(1), Duration.ZERO);
        List<Alert> alerts = List.of();
        for (int i = 0; i < 2; i++) {
            alerts = step(machine, alerts, i, List.of(FIRST)).alerts();
        }
        alerts = step(machine, alerts, 2, List.of()).alerts();
        assertThat(alerts).singleElement().extracting(Alert::resolvedAt).isEqualTo(millis(2));

        alerts = step(machine, alerts, 3, List.of(FIRST)).alerts();

        assertThat(alerts).containsExactly(Alert.pending(FIRST, Labels.EMPTY, 3, millis(3)));
    }

    @Test
    void anAlertThatComesBackWhileItFiresOnHasNeverEnded() {
        var machine = new AlertMachine(Duration.ofMinutes(1), Duration.ofMinutes(2));
        List<Alert> alerts = List.of();
        for (int i = 0; i < 2; i++) {
            alerts = step(machine, alerts, i, List.of(FIRST)).alerts();
        }
        alerts = step(machine, alerts, 2, List.of()).alerts();
        assertThat(alerts).singleElement().extracting(Alert::keepFiringSince).isEqualTo(millis(2));

        AlertStep back = step(machine, alerts, 3, List.of(FIRST));

        assertThat(back.transitions()).isEmpty();
        assertThat(back.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.activeAt()).isZero();
            assertThat(alert.firedAt()).isEqualTo(millis(1));
            assertThat(alert.keepFiringSince()).isEqualTo(Alert.NEVER);
            assertThat(alert.value()).isEqualTo(3);
        });
    }

    @Test
    void aPendingAlertThatIsGoneIsForgottenAtOnce() {
        var machine = new AlertMachine(Duration.ofMinutes(5), Duration.ofMinutes(5));
        List<Alert> alerts = step(machine, List.of(), 0, List.of(FIRST, SECOND)).alerts();

        AlertStep step = step(machine, alerts, 1, List.of(SECOND));

        assertThat(step.alerts()).extracting(Alert::labels).containsExactly(SECOND);
        assertThat(step.transitions()).singleElement().satisfies(transition -> {
            assertThat(transition.isResolved()).isFalse();
            assertThat(transition.to()).isEqualTo(AlertState.INACTIVE);
        });
    }

    @Test
    void aResolvedAlertIsKeptForAQuarterOfAnHourAndNotLonger() {
        var machine = new AlertMachine(Duration.ZERO, Duration.ZERO);
        List<Alert> alerts = step(machine, List.of(), 0, List.of(FIRST)).alerts();
        for (int i = 1; i <= 16; i++) {
            alerts = step(machine, alerts, i, List.of()).alerts();
            assertThat(alerts).hasSize(1);
        }

        assertThat(step(machine, alerts, 17, List.of()).alerts()).isEmpty();
    }

    private static AlertStep step(AlertMachine machine, List<Alert> before, int i, List<Labels> there) {
        var found = new TreeMap<Labels, Alert>();
        there.forEach(labels -> found.put(labels, Alert.pending(labels, Labels.EMPTY, i, millis(i))));
        return machine.next(before, found, millis(i));
    }

    private static AlertState state(List<Alert> alerts, Labels labels) {
        return alerts.stream()
                .filter(alert -> alert.labels().equals(labels))
                .map(Alert::state)
                .findFirst()
                .orElse(AlertState.INACTIVE);
    }

    private static long millis(int step) {
        return step * STEP.toMillis();
    }

    private static long seconds(long steps) {
        return steps * STEP.toSeconds();
    }
}
