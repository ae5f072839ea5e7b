package io.tributary.promql.label;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The hash by which Prometheus picks series, and the instants of rule groups: XXH64 with seed 0 over all names and
 * values, each followed by a byte 0xff. See the specification of xxHash, "XXH64 algorithm description".
 */
public final class LabelHash {

    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    /** The first two primes' sum, which does not fit. */
    private static final long PRIMES_1_AND_2 = 0x60EA27EEADC0B5D6L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LabelHash() {}

    /** The hash of these labels. */
    public static long of(Labels labels) {
        var bytes = new ByteArrayOutputStream();
        labels.forEach((name, value) -> {
            bytes.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            bytes.write(0xff);
            bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            bytes.write(0xff);
        });
        return xxh64(bytes.toByteArray());
    }

    static long xxh64(byte[] bytes) {
        int stripes = bytes.length / 32 * 32;
        long hash = (stripes > 0 ? stripes(bytes, stripes) : PRIME_5) + bytes.length;
        int at = stripes;
        for (; at + 8 <= bytes.length; at += 8) {
            hash = Long.rotateLeft(hash ^ round(0, longAt(bytes, at)), 27) * PRIME_1 + PRIME_4;
        }
        if (at + 4 <= bytes.length) {
            long word = Integer.toUnsignedLong((int) INTS.get(bytes, at));
            hash = Long.rotateLeft(hash ^ (word * PRIME_1), 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < bytes.length; at++) {
            hash = Long.rotateLeft(hash ^ (Byte.toUnsignedLong(bytes[at]) * PRIME_5), 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    private static long stripes(byte[] bytes, int end) {
        long first = PRIMES_1_AND_2;
        long second = PRIME_2;
        long third = 0;
        long fourth = -PRIME_1;
        for (int at = 0; at < end; at += 32) {
            first = round(first, longAt(bytes, at));
            second = round(second, longAt(bytes, at + 8));
            third = round(third, longAt(bytes, at + 16));
            fourth = round(fourth, longAt(bytes, at + 24));
        }
        long hash = Long.rotateLeft(first, 1)
                + Long.rotateLeft(second, 7)
                + Long.rotateLeft(third, 12)
                + Long.rotateLeft(fourth, 18);
        return merge(merge(merge(merge(hash, first), second), third), fourth);
    }

    private static long merge(long hash, long lane) {
        return (hash ^ round(0, lane)) * PRIME_1 + PRIME_4;
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * PRIME_2, 31) * PRIME_1;
    }

    private static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    private static long avalanche(long hash) {
        long mixed = (hash ^ (hash >>> 33)) * PRIME_2;
        mixed = (mixed ^ (mixed >>> 29)) * PRIME_3;
        return mixed ^ (mixed >>> 32);
    }
}
