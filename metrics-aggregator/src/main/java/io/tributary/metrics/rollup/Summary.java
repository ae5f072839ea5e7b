package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.QuantileValue;
import io.tributary.schemas.avro.SummaryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Quantiles that the source computed. They cannot be combined: of several points the latest quantiles remain, while
 * count and sum add up. Source: OpenTelemetry, metrics/data-model.md, "Summary (Legacy)".
 *
 * @param totals count and sum, without extremes
 * @param quantiles 0 to 1, increasing
 * @param values at the quantiles, in the metric's unit; NaN when the source had no values
 */
@SuppressWarnings("ArrayRecordComponent") // hot path; never compared, never changed
public record Summary(Totals totals, double[] quantiles, double[] values) implements Distribution<Summary> {
    @Override
    public Summary plus(Summary later) {
        return new Summary(totals.plus(later.totals), later.quantiles, later.values);
    }

    @Override
    public Optional<Summary> since(Summary earlier) {
        return totals.count() < earlier.totals.count()
                ? Optional.empty()
                : Optional.of(new Summary(totals.since(earlier.totals), quantiles, values));
    }

    @Override
    public Summary none() {
        return new Summary(totals.none(), quantiles, values);
    }

    @Override
    public Content merge(Content later) {
        return later instanceof Summary other ? plus(other) : later;
    }

    @Override
    public SummaryValue toAvro() {
        List<QuantileValue> list = new ArrayList<>(quantiles.length);
        for (int i = 0; i < quantiles.length; i++) {
            list.add(new QuantileValue(quantiles[i], values[i]));
        }
        return new SummaryValue(totals.count(), totals.sum(), list);
    }
}
