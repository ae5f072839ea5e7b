package io.tributary.metrics.rollup;

import io.tributary.schemas.avro.ExponentialBuckets;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Consecutive buckets of an exponential histogram, without empty ones at either end. Source: OpenTelemetry,
 * metrics/data-model.md, "Exponential Buckets".
 *
 * @param offset index of the first bucket: bucket i covers (base^i, base^(i+1)]; 0 when there are none
 * @param counts values per bucket
 */
@SuppressWarnings("ArrayRecordComponent") // hot path; never compared, never changed
public record ExponentialCounts(int offset, long[] counts) {
    /** No buckets. */
    public static final ExponentialCounts EMPTY = new ExponentialCounts(0, new long[0]);

    /** These buckets without the empty ones at either end. */
    public static ExponentialCounts of(int offset, long[] counts) {
        int first = 0;
        int end = counts.length;
        while (first < end && counts[first] == 0) {
            first++;
        }
        while (end > first && counts[end - 1] == 0) {
            end--;
        }
        if (first == end) {
            return EMPTY;
        }
        return end - first == counts.length
                ? new ExponentialCounts(offset, counts)
                : new ExponentialCounts(offset + first, Arrays.copyOfRange(counts, first, end));
    }

    boolean isEmpty() {
        return counts.length == 0;
    }

    /** Index after the last bucket. */
    int end() {
        return offset + counts.length;
    }

    /** The values at this index; 0 outside. */
    long at(int index) {
        return index < offset || index >= end() ? 0 : counts[index - offset];
    }

    /** The same values in buckets that are 2^by times as wide (in logarithm). */
    ExponentialCounts downscaled(int by) {
        if (by == 0 || isEmpty()) {
            return this;
        }
        int first = offset >> by;
        long[] wider = new long[((end() - 1) >> by) - first + 1];
        for (int i = 0; i < counts.length; i++) {
            wider[((offset + i) >> by) - first] += counts[i];
        }
        return new ExponentialCounts(first, wider);
    }

    ExponentialCounts plus(ExponentialCounts other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        return combined(other, 1);
    }

    /** What came since; an index may be negative in count, see {@link #hasNegative()}. */
    ExponentialCounts minus(ExponentialCounts earlier) {
        return earlier.isEmpty() ? this : combined(earlier, -1);
    }

    boolean hasNegative() {
        return LongStream.of(counts).anyMatch(count -> count < 0);
    }

    private ExponentialCounts combined(ExponentialCounts other, int sign) {
        int from = isEmpty() ? other.offset : Math.min(offset, other.offset);
        int to = isEmpty() ? other.end() : Math.max(end(), other.end());
        long[] sums = new long[to - from];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = at(from + i) + sign * other.at(from + i);
        }
        return of(from, sums);
    }

    /** How many values are in buckets before this index. */
    long before(int index) {
        long sum = 0;
        for (int i = 0; i < counts.length && offset + i < index; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The buckets from this index on. */
    ExponentialCounts from(int index) {
        if (index <= offset) {
            return this;
        }
        return index >= end() ? EMPTY : of(index, Arrays.copyOfRange(counts, index - offset, counts.length));
    }

    ExponentialBuckets toAvro() {
        return new ExponentialBuckets(offset, LongStream.of(counts).boxed().toList());
    }
}
