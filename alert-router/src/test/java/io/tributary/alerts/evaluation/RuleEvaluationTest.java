package io.tributary.alerts.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.rule.AlertingRule;
import io.tributary.alerts.rule.RuleFiles;
import io.tributary.alerts.state.StateBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are in seconds; the rule is evaluated every 10. */
class RuleEvaluationTest {
    private static final EvaluationSettings SETTINGS =
            new EvaluationSettings(Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(300));

    @TempDir
    private Path folder;

    private final List<String> changes = new ArrayList<>();
    private RuleEvaluation evaluation;
    private Element element;

    @Test
    void firesAtOnceWithoutFor() throws IOException {
        rule("");
        sample(11, 7);
        evaluateTo(20);
        assertThat(changes).containsExactly("firing since 20");
        assertThat(element.phase()).isEqualTo(Phase.FIRING);
    }

    @Test
    void firesOnceTheConditionHeldForLongEnough() throws IOException {
        rule("for: 20s");
        sample(11, 7);
        evaluateTo(30);
        assertThat(changes).isEmpty();
        assertThat(element.phase()).isEqualTo(Phase.PENDING);
        evaluateTo(40);
        assertThat(changes).containsExactly("firing since 40");
    }

    @Test
    void aBreakStartsForAgain() throws IOException {
        rule("for: 20s");
        sample(11, 7);
        evaluateTo(30);
        sample(35, 1);
        evaluateTo(40);
        assertThat(evaluation.isWorthKeeping(element)).isFalse();
        assertThat(changes).isEmpty();
    }

    @Test
    void aDipBetweenTwoEvaluationsIsNotSeen() throws IOException {
        rule("for: 20s");
        sample(11, 7);
        sample(22, 1);
        sample(23, 8);
        evaluateTo(40);
        assertThat(changes).containsExactly("firing since 40");
    }

    @Test
    void resolvesAtTheFirstEvaluationAtWhichTheConditionHoldsNoMore() throws IOException {
        rule("");
        sample(11, 7);
        sample(32, 1);
        evaluateTo(60);
        assertThat(changes).containsExactly("firing since 20", "resolved 20 to 40");
    }

    @Test
    void keepsFiringForAsLongAsTheRuleSays() throws IOException {
        rule("keep_firing_for: 20s");
        sample(11, 7);
        sample(32, 1);
        evaluateTo(50);
        assertThat(changes).containsExactly("firing since 20", "firing since 20");
        evaluateTo(60);
        assertThat(changes).endsWith("resolved 20 to 60");
    }

    @Test
    void isPublishedAgainWhileItFires() throws IOException {
        rule("");
        sample(11, 7);
        evaluateTo(40);
        assertThat(changes).hasSize(1);
        evaluateTo(50);
        assertThat(changes).containsExactly("firing since 20", "firing since 20");
    }

    @Test
    void silenceIsNoDataAndNotResolved() throws IOException {
        rule("");
        sample(11, 7);
        evaluateTo(70);
        changes.clear();
        evaluateTo(80);
        assertThat(changes).containsExactly("firing since 20 no data since 80");
        assertThat(element.noDataSince()).isEqualTo(80_000);
        sample(91, 7);
        evaluateTo(120);
        assertThat(changes).last().isEqualTo("firing since 20");
    }

    @Test
    void aStaleMarkerIsNoData() throws IOException {
        rule("");
        sample(11, 7);
        evaluateTo(20);
        element.observeStale(25_000);
        evaluateTo(30);
        assertThat(changes).last().isEqualTo("firing since 20 no data since 30");
    }

    @Test
    void noDataEndsAfterItsRetention() throws IOException {
        rule("");
        sample(11, 7);
        evaluateTo(600);
        assertThat(changes).last().isEqualTo("resolved 20 to 380 no data since 80");
        assertThat(evaluation.isWorthKeeping(element)).isFalse();
    }

    @Test
    void aPendingAlertWithoutDataIsForgotten() throws IOException {
        rule("for: 90s");
        sample(11, 7);
        evaluateTo(200);
        assertThat(changes).isEmpty();
        assertThat(evaluation.isWorthKeeping(element)).isFalse();
    }

    @Test
    void stateSurvivesAsBytes() throws IOException {
        rule("for: 20s");
        sample(11, 7);
        evaluateTo(30);
        ElementCodec codec = new ElementCodec();
        element = StateBytes.decode(StateBytes.encode(element, codec), codec);
        evaluateTo(40);
        assertThat(changes).containsExactly("firing since 40");
    }

    private void rule(String more) throws IOException {
        Path file = Files.writeString(folder.resolve("rule.yml"), """
                groups:
                  - name: g
                    interval: 10s
                    rules:
                      - alert: High
                        expr: x > 5
                        %s
                """.formatted(more));
        AlertingRule rule =
                RuleFiles.read(List.of(file.toString()), Duration.ofSeconds(1)).getFirst();
        evaluation = new RuleEvaluation(rule, SETTINGS);
    }

    private void sample(long second, double value) {
        if (element == null) {
            element = new Element("default", Map.of("job", "a"), evaluation.instantBefore(second * 1000));
        }
        evaluation.evaluate(element, second * 1000 - 1, this::note);
        element.observe(second * 1000, value);
    }

    private void evaluateTo(long second) {
        evaluation.evaluate(element, second * 1000, this::note);
    }

    private void note(AlertChange change) {
        assertThat(change.labels()).isEqualTo(Map.of("alertname", "High", "job", "a"));
        String since = change.annotations().get(RuleEvaluation.NO_DATA);
        String noData = since == null
                ? ""
                : " no data since " + java.time.Instant.parse(since).getEpochSecond();
        changes.add(
                change.endsAt().isEmpty()
                        ? "firing since " + change.startsAt() / 1000 + noData
                        : "resolved " + change.startsAt() / 1000 + " to "
                                + change.endsAt().getAsLong() / 1000 + noData);
    }
}
