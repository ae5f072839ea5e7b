package io.tributary.promql.function;

import static io.tributary.promql.ast.Function.*;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tributary.promql.ast.Function;
import io.tributary.promql.label.GroupReferences;
import io.tributary.promql.label.Labels;
import io.tributary.promql.value.Column;
import io.tributary.promql.value.QueryException;
import java.util.ArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** {@code label_replace} and {@code label_join}: series with one label set anew, values as they were. */
final class LabelFunctions {

    private LabelFunctions() {}

    static void register(BiConsumer<Function, FunctionBody> register) {
        register.accept(LABEL_REPLACE, (VectorFunction) LabelFunctions::replace);
        register.accept(LABEL_JOIN, (VectorFunction) LabelFunctions::join);
    }

    private static void replace(VectorCall call, Consumer<Column> out) {
        String target = target(call, "label_replace");
        String replacement = call.text(2);
        String source = call.text(3);
        Pattern pattern = pattern(call.text(4));
        relabel(call, target, out, labels -> {
            var found = pattern.matcher(labels.get(source));
            return found.matches() ? labels.with(target, GroupReferences.expand(replacement, found)) : null;
        });
    }

    private static void join(VectorCall call, Consumer<Column> out) {
        String target = target(call, "label_join");
        String separator = call.text(2);
        var sources = new ArrayList<String>();
        for (int i = 3; i < call.arguments(); i++) {
            sources.add(checked(call.text(i), "source", "label_join"));
        }
        relabel(call, target, out, labels -> {
            var values = sources.stream().map(labels::get).toList();
            return labels.with(target, String.join(separator, values));
        });
    }

    /** @param change the new labels; null where they stay */
    private static void relabel(VectorCall call, String target, Consumer<Column> out, UnaryOperator<Labels> change) {
        call.columns(0).forEach(column -> {
            Labels changed = change.apply(column.labels());
            if (changed != null) {
                column.labels(changed);
                column.nameless(column.nameless() && !target.equals(Labels.NAME));
            }
            out.accept(column);
        });
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile("^(?s:" + text + ")$");
        } catch (PatternSyntaxException e) {
            throw new QueryException("invalid regular expression in label_replace(): " + text, e);
        }
    }

    private static String target(VectorCall call, String function) {
        return checked(call.text(1), "destination", function);
    }

    private static String checked(String name, String role, String function) {
        if (name.isEmpty()) {
            throw new QueryException("invalid " + role + " label name in " + function + "(): " + name);
        }
        return name;
    }
}
