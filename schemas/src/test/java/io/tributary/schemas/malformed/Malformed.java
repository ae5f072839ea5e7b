package io.tributary.schemas.malformed;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Bytes that nobody should send. How many are tried of each property is the platform's {@code jqwik.tries.default}: a
 * fixed budget in the suite, and by hand as long as one likes ({@code -Djqwik.tries.default=1000000}).
 */
public final class Malformed {
    private static final int MAX_RANDOM = 512;
    private static final int MAX_EDITS = 8;
    private static final int MAX_PIECE = 16;

    /** Lengths and tags that decoders stumble over: negative, endless, as large as can be. */
    private static final List<byte[]> NASTY = List.of(
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
            new byte[] {-2, -1, -1, -1, 15},
            new byte[] {-1, -1, -1, -1, 7},
            new byte[] {Byte.MIN_VALUE, Byte.MIN_VALUE, Byte.MIN_VALUE, 1},
            new byte[] {0, 0, 0, 0, 0, 0, 0, 0},
            new byte[] {'[', '[', '[', '{', '"'},
            new byte[] {'\\', 'u', 'd', '8', '0', '0'});

    private Malformed() {}

    private enum Kind {
        OVERWRITE,
        INSERT,
        REMOVE,
        REPEAT,
        TRUNCATE
    }

    /** One change, at a place that is told as a share of the length. */
    @SuppressWarnings("ArrayRecordComponent") // raw bytes, never compared
    private record Edit(Kind kind, double place, byte[] piece, int length) {
        byte[] apply(byte[] bytes) {
            int at = (int) (place * bytes.length);
            int end = Math.min(bytes.length, at + length);
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + MAX_PIECE);
            out.write(bytes, 0, at);
            if (kind == Kind.TRUNCATE) {
                return out.toByteArray();
            }
            switch (kind) {
                case OVERWRITE, INSERT -> out.writeBytes(piece);
                case REPEAT -> out.writeBytes(Arrays.copyOfRange(bytes, at, end));
                default -> {}
            }
            int rest =
                    kind == Kind.OVERWRITE ? Math.min(bytes.length, at + piece.length) : kind == Kind.REMOVE ? end : at;
            out.write(bytes, rest, bytes.length - rest);
            return out.toByteArray();
        }
    }

    /** Any bytes. */
    public static Arbitrary<byte[]> random() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(MAX_RANDOM);
    }

    /** One of these well-formed messages with a few changes. */
    public static Arbitrary<byte[]> mutated(byte[]... wellFormed) {
        Arbitrary<byte[]> pieces = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(MAX_PIECE), Arbitraries.of(NASTY));
        Arbitrary<Edit> edits = Combinators.combine(
                        Arbitraries.of(Kind.class),
                        Arbitraries.doubles().between(0, 1),
                        pieces,
                        Arbitraries.integers().between(1, 4 * MAX_PIECE))
                .as(Edit::new);
        return Combinators.combine(
                        Arbitraries.of(wellFormed), edits.list().ofMinSize(1).ofMaxSize(MAX_EDITS))
                .as((bytes, changes) -> {
                    byte[] changed = bytes;
                    for (Edit change : changes) {
                        changed = change.apply(changed);
                    }
                    return changed;
                });
    }
}
