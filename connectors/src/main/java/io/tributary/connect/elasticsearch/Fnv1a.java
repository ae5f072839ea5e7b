package io.tributary.connect.elasticsearch;

import java.nio.charset.StandardCharsets;

/** The 64-bit FNV-1a hash, by which Jaeger names its service documents. */
final class Fnv1a {
    private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Fnv1a() {}

    /** The hash of the text in UTF-8, in hexadecimal digits without leading zeros. */
    static String hex(String text) {
        long hash = OFFSET_BASIS;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * PRIME;
        }
        return Long.toHexString(hash);
    }
}
