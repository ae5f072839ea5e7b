package io.tributary.alerts.retention;

/**
 * Times of samples, as what changes between one distance and the next: a bit where samples are regular, about ten where
 * they jitter by milliseconds. After Pelkonen et al., "Gorilla", section 4.1.1, with widths for milliseconds.
 */
final class TimeColumn {
    private static final int[] WIDTHS = {0, 7, 13, 20, 64};

    private long time;
    private long distance;

    /** Times after this one. */
    TimeColumn(long first) {
        time = first;
    }

    void write(long next, BitBuffer out) {
        long change = next - time - distance;
        int form = form(change);
        // The form in unary: so many ones, closed by a zero unless it is the last.
        int ones = (1 << form) - 1;
        out.write(form == WIDTHS.length - 1 ? ones : ones << 1, Math.min(form + 1, WIDTHS.length - 1));
        out.write(change, WIDTHS[form]);
        distance = next - time;
        time = next;
    }

    long read(BitBuffer in) {
        int form = 0;
        while (form < WIDTHS.length - 1 && in.read(1) == 1) {
            form++;
        }
        int width = WIDTHS[form];
        long change = width == 0 ? 0 : in.read(width) << (64 - width) >> (64 - width);
        distance += change;
        time += distance;
        return time;
    }

    private static int form(long change) {
        for (int form = 0; form < WIDTHS.length - 1; form++) {
            long limit = form == 0 ? 0 : 1L << (WIDTHS[form] - 1);
            if (form == 0 ? change == 0 : change >= -limit && change < limit) {
                return form;
            }
        }
        return WIDTHS.length - 1;
    }
}
