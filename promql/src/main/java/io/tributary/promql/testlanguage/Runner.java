package io.tributary.promql.testlanguage;

import io.tributary.promql.Features;
import io.tributary.promql.engine.Engine;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.engine.QueryResult;
import io.tributary.promql.parser.ParseException;
import io.tributary.promql.parser.Parser;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.value.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs scripts: loads their data into a store of its own, runs their queries, and compares what they give. */
public final class Runner {

    /** As Prometheus runs its own scripts: experimental parts switched on, and few samples allowed. */
    public static final EngineOptions OPTIONS = EngineOptions.DEFAULT
            .withFeatures(Features.ALL.without(Set.of(Features.Feature.TYPE_AND_UNIT_LABELS)))
            .withMaxSamples(10_000);

    private final Engine engine;

    public Runner(EngineOptions options) {
        this.engine = new Engine(options);
    }

    /**
     * What came of each {@code eval}, in their order.
     *
     * @throws ScriptException if data of the script cannot be loaded
     */
    public List<Outcome> run(Script script) {
        var loader = new Loader();
        var outcomes = new ArrayList<Outcome>();
        for (Command command : script.commands()) {
            switch (command) {
                case Command.Clear _ -> loader.clear();
                case Command.Load load -> loader.load(load);
                case Command.Eval eval -> outcomes.add(new Outcome(eval, differences(eval, loader.store())));
            }
        }
        return outcomes;
    }

    private List<Difference> differences(Command.Eval eval, Storage storage) {
        Expectation expected = eval.expected();
        QueryResult result;
        try {
            result = evaluate(eval, storage);
        } catch (ParseException | QueryException e) {
            return failed(expected.failure(), e.getMessage());
        }
        if (expected.failure() != null) {
            return List.of(new Difference("the failure " + expected.failure(), ValueText.of(result.value())));
        }
        var differences = new ArrayList<>(Comparison.of(expected.result(), eval.when(), result.value()));
        differences.addAll(AnnotationComparison.of(expected, eval.query(), result.annotations()));
        return differences;
    }

    private static List<Difference> failed(Expectation.Text expected, String message) {
        if (expected == null) {
            return List.of(new Difference("no failure", "the failure " + message));
        }
        return expected.accepts(message)
                ? List.of()
                : List.of(new Difference("the failure " + expected, "the failure " + message));
    }

    private QueryResult evaluate(Command.Eval eval, Storage storage) {
        var expr = Parser.parse(eval.query(), engine.options().features());
        return switch (eval.when()) {
            case When.Instant(long time) -> engine.instant(storage, expr, time);
            case When.Range(long start, long end, long step) -> engine.range(storage, expr, start, end, step);
        };
    }
}
