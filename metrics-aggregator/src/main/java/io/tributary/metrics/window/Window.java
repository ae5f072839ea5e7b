package io.tributary.metrics.window;

/**
 * A tumbling window of event time, [start, start + length).
 *
 * @param start in nanoseconds since the epoch UTC; a multiple of the length
 * @param length in nanoseconds
 */
public record Window(long start, long length) {
    /** The window of this length that the instant lies in. */
    public static Window around(long time, long length) {
        return new Window(time - Math.floorMod(time, length), length);
    }

    /** First instant after the window. */
    public long end() {
        return start + length;
    }
}
