package io.tributary.alerts.retention;

/**
 * Numbers, each as what differs in its bits from the one before: one bit where it is the same. After Pelkonen et al.,
 * "Gorilla", section 4.1.2.
 */
final class ValueColumn {
    private static final int LEADING_BITS = 5;
    private static final int LENGTH_BITS = 6;
    private static final int MOST_LEADING = (1 << LEADING_BITS) - 1;

    private long bits;
    private int leading = -1;
    private int length;

    void write(double value, BitBuffer out) {
        long next = Double.doubleToRawLongBits(value);
        long difference = next ^ bits;
        bits = next;
        if (difference == 0) {
            out.write(0, 1);
            return;
        }
        int zeros = Math.min(MOST_LEADING, Long.numberOfLeadingZeros(difference));
        int trailing = Long.numberOfTrailingZeros(difference);
        if (leading >= 0 && zeros >= leading && trailing >= 64 - leading - length) {
            out.write(0b10, 2);
        } else {
            leading = zeros;
            length = 64 - zeros - trailing;
            out.write(0b11, 2);
            out.write(leading, LEADING_BITS);
            out.write(length - 1L, LENGTH_BITS);
        }
        out.write(difference >>> (64 - leading - length), length);
    }

    double read(BitBuffer in) {
        if (in.read(1) == 1) {
            if (in.read(1) == 1) {
                leading = (int) in.read(LEADING_BITS);
                length = (int) in.read(LENGTH_BITS) + 1;
            }
            bits ^= in.read(length) << (64 - leading - length);
        }
        return Double.longBitsToDouble(bits);
    }
}
