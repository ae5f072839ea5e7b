package io.tributary.promql.template.alert;

import io.tributary.promql.template.Type;
import io.tributary.promql.template.Typed;
import io.tributary.promql.value.Value;
import java.util.AbstractList;
import java.util.Comparator;
import java.util.List;

/** What a query gave, in its order. */
final class QueryElements extends AbstractList<QuerySample> implements Typed {

    static final Type TYPE = new Type("template.queryResult", QueryElements.class);

    private final List<QuerySample> samples;

    private QueryElements(List<QuerySample> samples) {
        this.samples = samples;
    }

    static QueryElements of(List<Value.Sample> samples) {
        return new QueryElements(samples.stream().map(QuerySample::of).toList());
    }

    QueryElements sortedBy(String label) {
        return new QueryElements(samples.stream()
                .sorted(Comparator.comparing(sample -> sample.label(label)))
                .toList());
    }

    @Override
    public QuerySample get(int index) {
        return samples.get(index);
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public String typeName() {
        return TYPE.name();
    }
}
