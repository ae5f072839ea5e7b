package io.tributary.promql.rule.state;

import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.rule.alert.AlertState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The bytes of a group's state: a version, the time of evaluation, and the rules with their alerts and series. A text
 * is written once and referred to afterwards; times are written as their distance from the evaluation.
 */
public final class StateCodec {

    private static final int VERSION = 1;

    /** A state's code is its place here. */
    private static final List<AlertState> STATES = List.of(AlertState.INACTIVE, AlertState.PENDING, AlertState.FIRING);

    private StateCodec() {}

    public static byte[] encode(GroupState state) {
        var out = new StateWriter();
        out.number(VERSION);
        out.fixed(state.evaluatedAt());
        out.number(state.rules().size());
        for (RuleState rule : state.rules()) {
            out.text(rule.key());
            out.number(rule.alerts().size());
            rule.alerts().forEach(alert -> write(out, alert, state.evaluatedAt()));
            write(out, rule.series());
        }
        write(out, state.orphans());
        return out.bytes();
    }

    /**
     * The state that the bytes are of.
     *
     * @throws IllegalArgumentException if the bytes are no state, or one of a version that is not known
     */
    public static GroupState decode(byte[] bytes) {
        var in = new StateReader(bytes);
        long version = in.number();
        if (version != VERSION) {
            throw new IllegalArgumentException("version: " + version + " (expected: " + VERSION + ")");
        }
        long evaluatedAt = in.fixed();
        List<RuleState> rules = list(
                in, () -> new RuleState(in.text(), list(in, () -> alert(in, evaluatedAt)), list(in, () -> labels(in))));
        var state = new GroupState(evaluatedAt, rules, list(in, () -> labels(in)));
        in.end();
        return state;
    }

    private static void write(StateWriter out, Alert alert, long near) {
        write(out, alert.labels());
        write(out, alert.annotations());
        out.number(STATES.indexOf(alert.state()));
        out.fixed(Double.doubleToRawLongBits(alert.value()));
        out.time(alert.activeAt(), near);
        out.time(alert.firedAt(), near);
        out.time(alert.resolvedAt(), near);
        out.time(alert.keepFiringSince(), near);
    }

    private static Alert alert(StateReader in, long near) {
        return new Alert(
                labels(in),
                labels(in),
                STATES.get(in.index(STATES.size())),
                Double.longBitsToDouble(in.fixed()),
                in.time(near),
                in.time(near),
                in.time(near),
                in.time(near));
    }

    private static void write(StateWriter out, List<Labels> series) {
        out.number(series.size());
        series.forEach(labels -> write(out, labels));
    }

    private static void write(StateWriter out, Labels labels) {
        out.number(labels.size());
        labels.forEach((name, value) -> {
            out.text(name);
            out.text(value);
        });
    }

    private static Labels labels(StateReader in) {
        var pairs = new String[2 * in.count()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = in.text();
        }
        return Labels.of(pairs);
    }

    private static <T> List<T> list(StateReader in, Supplier<T> item) {
        int size = in.count();
        var list = new ArrayList<T>(size);
        for (int i = 0; i < size; i++) {
            list.add(item.get());
        }
        return list;
    }
}
