package io.tributary.traces.assembly;

import io.tributary.schemas.avro.Completeness;
import io.tributary.schemas.avro.TraceSummary;
import io.tributary.traces.skew.CorrectedClocks;
import io.tributary.traces.tree.Call;
import io.tributary.traces.tree.RetiredSpans;
import io.tributary.traces.tree.SpanFacts;
import io.tributary.traces.tree.SpanTree;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a closing trace has to say.
 *
 * @param summary of the whole trace
 * @param clocks its times if clocks agreed; empty if they do, or if older spans are known by their summary only
 * @param whole the same as the summary without a mark for having been open too long: what a later revision builds on
 * @param spans those that no earlier revision carried, by start
 * @param callsNow the calls that the trace shows now
 * @param callsBefore the calls that it showed at its last revision
 */
public record Revision(
        TraceSummary summary,
        Optional<CorrectedClocks> clocks,
        TraceSummary whole,
        List<SpanFacts> spans,
        List<Call> callsNow,
        List<Call> callsBefore) {

    /**
     * The next revision of a trace.
     *
     * @param state its state
     * @param all the spans whose facts are kept; at least one
     * @param pending those of them that were not emitted yet
     * @param clockCap how far the view of agreeing clocks moves a span at most; zero for no such view
     * @param tooLong whether it is closed only because it was open for too long
     */
    public static Revision of(
            TraceState state, List<SpanFacts> all, List<SpanFacts> pending, Duration clockCap, boolean tooLong) {
        SpanTree tree = new SpanTree(all);
        TraceSummary whole = state.retired()
                .map(older -> RetiredSpans.with(older, tree.summary()))
                .orElseGet(tree::summary);
        TraceSummary summary = TraceSummary.newBuilder(whole).build();
        if (tooLong) {
            summary.setCompleteness(Completeness.OPEN_TOO_LONG);
        }
        return new Revision(
                summary,
                state.retired().isPresent() ? Optional.empty() : CorrectedClocks.of(all, tree, clockCap),
                whole,
                pending.stream().sorted(SpanFacts.BY_START).toList(),
                tree.calls(),
                pending.size() == all.size() ? List.of() : new SpanTree(without(all, pending)).calls());
    }

    private static List<SpanFacts> without(List<SpanFacts> all, List<SpanFacts> some) {
        Set<SpanFacts> left = new HashSet<>(some);
        return all.stream().filter(span -> !left.contains(span)).toList();
    }
}
