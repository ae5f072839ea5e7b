package io.tributary.promql.rule.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class StateCodecTest {

    @Property(tries = 500)
    void whatIsEncodedIsDecoded(@ForAll("states") GroupState state) {
        assertThat(StateCodec.decode(StateCodec.encode(state))).isEqualTo(state);
    }

    @Property(tries = 200)
    void cutBytesAreRefused(@ForAll("states") GroupState state, @ForAll int at) {
        byte[] bytes = StateCodec.encode(state);
        byte[] cut = Arrays.copyOf(bytes, Math.floorMod(at, bytes.length));

        assertThatThrownBy(() -> StateCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        byte[] bytes = StateCodec.encode(GroupState.EMPTY);
        bytes[0]++;

        assertThatThrownBy(() -> StateCodec.decode(bytes)).hasMessage("version: 2 (expected: 1)");
    }

    @Test
    void alertsOfOneRuleShareTheirTexts() {
        List<Alert> alerts = IntStream.range(0, 1_000)
                .mapToObj(i -> Alert.pending(
                        Labels.of("alertname", "HighRequestLatency", "instance", "i" + i, "severity", "page"),
                        Labels.of("summary", "the latency of the service is high"),
                        1.5,
                        1_700_000_000_000L - i * 1000L))
                .toList();
        var state = new GroupState(1_700_000_000_000L, List.of(new RuleState("rule", alerts, List.of())), List.of());

        assertThat(StateCodec.encode(state).length / 1_000).isLessThan(40);
    }

    @Provide
    Arbitrary<GroupState> states() {
        Arbitrary<RuleState> rule = Combinators.combine(
                        Arbitraries.strings().ofMaxLength(5),
                        alert().list().ofMaxSize(4),
                        labels().list().ofMaxSize(4))
                .as(RuleState::new);
        return Combinators.combine(
                        time(), rule.list().ofMaxSize(3), labels().list().ofMaxSize(3))
                .as(GroupState::new);
    }

    private static Arbitrary<Alert> alert() {
        return Combinators.combine(
                        labels(),
                        labels(),
                        Arbitraries.of(AlertState.class),
                        Arbitraries.oneOf(Arbitraries.doubles(), Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY)),
                        time(),
                        time(),
                        time(),
                        time())
                .as(Alert::new);
    }

    private static Arbitrary<Labels> labels() {
        Arbitrary<String> text =
                Arbitraries.strings().withChars("ab{\"é\u0000€").ofMaxLength(3);
        return Arbitraries.maps(text, text).ofMaxSize(3).map(Labels::of);
    }

    private static Arbitrary<Long> time() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1_700_000_000_000L, 1_800_000_000_000L),
                Arbitraries.longs(),
                Arbitraries.just(Alert.NEVER));
    }
}
