package io.tributary.promql.engine;

import io.tributary.promql.Features;
import io.tributary.promql.ast.Expr;
import io.tributary.promql.ast.StringLiteral;
import io.tributary.promql.ast.ValueType;
import io.tributary.promql.label.Labels;
import io.tributary.promql.storage.Storage;
import io.tributary.promql.value.Annotations;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.Columns;
import io.tributary.promql.value.QueryException;
import io.tributary.promql.value.Steps;
import io.tributary.promql.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;

/** One query while it runs: what it may use, and what it has used. */
final class Query {

    private final EngineOptions options;
    private final Storage storage;
    private final Steps steps;
    private final Cancellation cancellation;
    private final Annotations annotations = new Annotations();
    private final Trees trees = new Trees();
    private final Surroundings surroundings;
    private final Lengths lengths;
    private final Labelling labelling;
    private final Expr expr;
    private final long deadline;
    private long held;

    Query(EngineOptions options, Storage storage, Expr expr, Steps steps, Cancellation cancellation) {
        this.options = options;
        this.storage = storage;
        this.expr = expr;
        this.surroundings = new Surroundings(expr);
        this.steps = steps;
        this.lengths = new Lengths(steps);
        this.labelling = new Labelling(options.features());
        this.cancellation = cancellation;
        this.deadline = options.clock().millis() + options.timeout().toMillis();
    }

    QueryResult instant() {
        var evaluator = new Evaluator(this, steps);
        var results = new Results(this, steps);
        Value value = switch (expr.type()) {
            case STRING -> new Value.Text(steps.start(), ((StringLiteral) Trees.unwrap(expr)).value());
            case SCALAR -> new Value.Scalar(steps.start(), evaluator.scalar(expr)[0]);
            case VECTOR -> results.vector(evaluator.columns(expr));
            case MATRIX -> results.ranges(evaluator.ranges(expr));
        };
        return new QueryResult(value, annotations);
    }

    QueryResult range() {
        var evaluator = new Evaluator(this, steps);
        var results = new Results(this, steps);
        Value value = expr.type() == ValueType.SCALAR
                ? results.matrix(Evaluator.single(evaluator.scalar(expr)))
                : results.matrix(evaluator.columns(expr));
        return new QueryResult(value, annotations);
    }

    EngineOptions options() {
        return options;
    }

    Features features() {
        return options.features();
    }

    Storage storage() {
        return storage;
    }

    /** The steps of the query as a whole. */
    Steps steps() {
        return steps;
    }

    Trees trees() {
        return trees;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    Lengths lengths() {
        return lengths;
    }

    Labelling labelling() {
        return labelling;
    }

    Annotations annotations() {
        return annotations;
    }

    /** Ends the query if it is to end before its time. */
    void check() {
        if (cancellation.isRequested()) {
            throw new QueryException("query was canceled in expression evaluation");
        }
        if (options.clock().millis() > deadline) {
            throw new QueryException("query timed out in expression evaluation");
        }
    }

    /** Counts samples that are kept in memory from now on. */
    void hold(long samples) {
        held += samples;
        if (held > options.maxSamples()) {
            throw new QueryException("query processing would load too many samples into memory in query execution");
        }
    }

    /** Counts samples that are kept no longer. */
    void release(long samples) {
        held -= samples;
    }

    /** Counts the samples of columns that are kept no longer. */
    void release(List<Column> columns) {
        for (Column column : columns) {
            release(column.size());
        }
    }

    /** All columns at once, counted. */
    List<Column> keep(Columns columns) {
        var kept = new ArrayList<Column>();
        columns.forEach(column -> {
            hold(column.size());
            kept.add(column.copy());
        });
        return kept;
    }

    /** Columns of which each is a whole series. */
    Columns whole(Columns columns) {
        if (!columns.inPieces()) {
            return columns;
        }
        return action -> {
            var series = new LinkedHashMap<Labels, Column>();
            columns.forEach(piece -> {
                Column known = series.putIfAbsent(piece.labels(), piece);
                if (known == null) {
                    hold(piece.size());
                    series.put(piece.labels(), piece.copy());
                } else {
                    known.fill(piece);
                }
            });
            series.values().forEach(column -> {
                long size = column.size();
                action.accept(column);
                release(size);
            });
        };
    }

    /** Columns after an operation that may have made the labels of two series the same. */
    Columns distinct(Columns columns) {
        return labelling.isDelayed() ? columns : relabelled(columns);
    }

    /** Columns after an operation that sets labels anew, which not even names that stay keep apart. */
    Columns relabelled(Columns columns) {
        return new Columns() {
            @Override
            public void forEach(Consumer<Column> action) {
                var distinct = new Distinct();
                columns.forEach(column -> {
                    distinct.add(column);
                    action.accept(column);
                });
            }

            @Override
            public boolean inPieces() {
                return true;
            }
        };
    }
}
