package io.tributary.metrics.rollup;

/**
 * What some consecutive samples of one series add up to.
 *
 * @param shape of the latest sample
 * @param count how many samples
 * @param lastTime time of the latest, in nanoseconds since the epoch UTC
 * @param content their sum
 */
public record Rollup(Shape shape, long count, long lastTime, Content content) {
    /**
     * This and a later rollup together. After a change to a kind that does not add up with what was before, only the
     * samples since then count.
     */
    public Rollup merge(Rollup later) {
        return content.getClass() == later.content.getClass()
                ? new Rollup(later.shape, count + later.count, later.lastTime, content.merge(later.content))
                : later;
    }
}
