package io.tributary.delivery.offset;

/**
 * When to stop and when to go on reading, by the bytes in flight. Two marks, so that reading does not flutter.
 *
 * @param high bytes in flight at which reading stops
 * @param low bytes in flight at which reading goes on; below {@code high}
 */
public record WaterMarks(long high, long low) {

    /** Refuses marks that are not in order. */
    public WaterMarks {
        if (low < 0 || low >= high) {
            throw new IllegalArgumentException("low: " + low + " (expected: at least 0 and below high, " + high + ")");
        }
    }

    /** Marks at this many bytes and at half of it. */
    public static WaterMarks of(long high) {
        return new WaterMarks(high, high / 2);
    }

    /** Whether reading must rest now, given whether it rests already and the bytes in flight. */
    public boolean rests(boolean resting, long bytesInFlight) {
        return bytesInFlight >= high || (resting && bytesInFlight > low);
    }
}
