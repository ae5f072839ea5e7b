package io.tributary.alerts.evaluation;

import io.tributary.alerts.planning.GroupPlan;
import io.tributary.alerts.retention.SeriesView;
import io.tributary.alerts.retention.StoredSeries;
import io.tributary.alerts.state.StateBytes;
import io.tributary.promql.engine.Selection;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.alert.Alert;
import io.tributary.promql.storage.Samples;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert that fires on although its rule has ended it, because none of the series that it is made of has data:
 * silence is not "all is well".
 *
 * @param rule what its rule is known by: {@link io.tributary.promql.rule.Rule#key}
 * @param labels the alert's
 * @param annotations the alert's
 * @param firedAt when it began to fire, in milliseconds since the epoch
 * @param since when there was no data for the first time, in milliseconds since the epoch
 */
record Held(String rule, Labels labels, Labels annotations, long firedAt, long since) {
    /** The annotation of an alert without data: since when, as RFC 3339. */
    static final String NO_DATA = "no_data_since";

    static Held of(String rule, Alert alert, long since) {
        return new Held(rule, alert.labels(), alert.annotations(), alert.firedAt(), since);
    }

    /** Its annotations, and since when there is no data. */
    Map<String, String> allAnnotations() {
        Map<String, String> all = annotations.toMap();
        all.put(NO_DATA, Instant.ofEpochMilli(since).toString());
        return all;
    }

    Held of(String otherRule) {
        return new Held(otherRule, labels, annotations, firedAt, since);
    }

    Held later(long millis) {
        return new Held(rule, labels, annotations, firedAt, since + millis);
    }

    /**
     * Whether any of the series that an alert with these labels is made of has data at the time: a newest sample by
     * then that is within the look-back, and no staleness marker. What came later, as most samples have by the time of
     * an evaluation, is not looked at, as the rule does not.
     */
    static boolean hasData(GroupPlan.RulePlan rule, Labels alert, SeriesView view, long time, long lookBack) {
        for (Selection selection : rule.selections()) {
            for (StoredSeries series : view.selection(selection.matchers())) {
                if (rule.carried().agree(series.labels(), alert) && hasData(series, time, lookBack)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasData(StoredSeries series, long time, long lookBack) {
        Samples seen = new Samples();
        series.read(time - lookBack + 1, time, seen);
        return seen.size() > 0 && !Samples.isStale(seen.value(seen.size() - 1));
    }

    static final StateBytes.Codec<Map<Labels, Held>> CODEC = new StateBytes.Codec<>() {
        @Override
        public void write(Map<Labels, Held> all, DataOutputStream out) throws IOException {
            out.writeInt(all.size());
            for (Held held : all.values()) {
                StateBytes.writeText(out, held.rule);
                StateBytes.writeTexts(out, held.labels.toMap());
                StateBytes.writeTexts(out, held.annotations.toMap());
                out.writeLong(held.firedAt);
                out.writeLong(held.since);
            }
        }

        @Override
        public Map<Labels, Held> read(DataInputStream in) throws IOException {
            Map<Labels, Held> all = new TreeMap<>();
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                Held held = new Held(
                        StateBytes.readText(in),
                        Labels.of(StateBytes.readTexts(in)),
                        Labels.of(StateBytes.readTexts(in)),
                        in.readLong(),
                        in.readLong());
                all.put(held.labels, held);
            }
            return all;
        }
    };
}
