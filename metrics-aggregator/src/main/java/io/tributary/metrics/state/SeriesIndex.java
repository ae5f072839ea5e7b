package io.tributary.metrics.state;

import io.tributary.schemas.identity.SeriesId;
import java.util.Arrays;

/**
 * Numbers series in the order in which they come, from 0. It consists of a few arrays, however many series there are:
 * collecting garbage looks at none of them.
 */
final class SeriesIndex {
    private static final int FIRST_CAPACITY = 16;

    private long[] ids = new long[2 * FIRST_CAPACITY];
    /** Numbers, and one more each so that 0 is free, where the ids' bits point or in the next place that was free. */
    private int[] places = new int[2 * FIRST_CAPACITY];

    private int size;

    int size() {
        return size;
    }

    /** How much memory it takes. */
    long bytes() {
        return (long) Long.BYTES * ids.length + (long) Integer.BYTES * places.length;
    }

    /** The series' number; -1 if it has none. */
    int find(SeriesId id) {
        int place = place(id.high(), id.low());
        return places[place] - 1;
    }

    /** Gives the next number to a series that has none. */
    int add(SeriesId id) {
        if (2 * size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
            places = new int[ids.length];
            for (int number = 0; number < size; number++) {
                places[place(ids[2 * number], ids[2 * number + 1])] = number + 1;
            }
        }
        ids[2 * size] = id.high();
        ids[2 * size + 1] = id.low();
        places[place(id.high(), id.low())] = size + 1;
        return size++;
    }

    SeriesId id(int number) {
        return new SeriesId(ids[2 * number], ids[2 * number + 1]);
    }

    /** All numbers, ordered by as many bits of the ids as it takes to find neighbours together in a store. */
    int[] ordered() {
        long[] order = new long[size];
        for (int number = 0; number < size; number++) {
            order[number] = (ids[2 * number] & (-1L << Integer.SIZE)) | number;
        }
        Arrays.sort(order);
        return Arrays.stream(order).mapToInt(one -> (int) one).toArray();
    }

    /** Where the number of the id is, or would be. Ids are hashes: any of their bits are as good as others. */
    private int place(long high, long low) {
        int mask = places.length - 1;
        int place = (int) low & mask;
        while (places[place] != 0) {
            int number = places[place] - 1;
            if (ids[2 * number + 1] == low && ids[2 * number] == high) {
                break;
            }
            place = (place + 1) & mask;
        }
        return place;
    }
}
