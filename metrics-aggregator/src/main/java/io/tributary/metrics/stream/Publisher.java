package io.tributary.metrics.stream;

import io.tributary.metrics.rollup.Rollup;
import io.tributary.metrics.state.Identity;
import io.tributary.metrics.window.Window;
import io.tributary.schemas.avro.RollupPoint;
import io.tributary.schemas.identity.SeriesId;

/** Where rollups go. */
interface Publisher {
    /** Publishes a record, which replaces earlier ones of the same series and window. */
    void publish(SeriesId id, RollupPoint point);

    /** Publishes what the window of the series holds. */
    default void publish(SeriesId id, Identity series, Window window, Rollup rollup) {
        publish(
                id,
                new RollupPoint(
                        series.tenant(),
                        series.name(),
                        series.labels(),
                        series.unit(),
                        rollup.shape().kind(),
                        window.start(),
                        window.length(),
                        rollup.count(),
                        rollup.lastTime(),
                        rollup.content().toAvro()));
    }
}
