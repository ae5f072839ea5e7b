package io.tributary.delivery.bulk;

import java.time.Duration;

/** Is told what the writer does, for metrics. Called by the writer's threads; must neither block nor throw. */
public interface BulkObserver {
    /** Nobody watches. */
    BulkObserver NONE = new BulkObserver() {};

    /** A request with this many items and bytes was answered. */
    default void answered(int items, int bytes, Duration took) {}

    /** This many items will be sent again, because of this. */
    default void retried(int items, ItemVerdict why) {}
}
