package io.tributary.promql.testlanguage;

import io.tributary.promql.Durations;
import io.tributary.promql.histogram.NativeHistogram;
import io.tributary.promql.storage.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Reads the values of a series description, and writes repetitions out. */
final class SeriesValues {

    private static final Pattern DURATION = Pattern.compile("(?:\\d+[a-wyz]+)+|0");

    private final Cursor cursor;
    private final ToDoubleFunction<Cursor> quantity;
    private final boolean samples;
    private final List<SeriesValue> values = new ArrayList<>();

    private SeriesValues(Cursor cursor, ToDoubleFunction<Cursor> quantity, boolean samples) {
        this.cursor = cursor;
        this.quantity = quantity;
        this.samples = samples;
    }

    static SeriesValues ofSamples(Cursor cursor) {
        return new SeriesValues(cursor, Cursor::unsigned, true);
    }

    /** Durations, without sign, instead of numbers. */
    static SeriesValues ofStarts(Cursor cursor) {
        return new SeriesValues(cursor, SeriesValues::duration, false);
    }

    List<SeriesValue> read() {
        while (!cursor.atEnd()) {
            if (!cursor.passBlanks()) {
                throw cursor.unexpected("a blank");
            }
            if (!cursor.atEnd()) {
                readItem();
            }
        }
        return values;
    }

    private void readItem() {
        if (cursor.pass("_")) {
            add(new SeriesValue.Gap(), cursor.isAt("x") ? repetitions() : 1);
        } else if (samples && cursor.pass("stale")) {
            add(new SeriesValue.Plain(Samples.STALE), 1 + more());
        } else if (samples && cursor.isAt("{{")) {
            readHistograms();
        } else {
            readNumbers();
        }
    }

    private void readNumbers() {
        double value = signed(cursor.sign());
        int sign = cursor.sign();
        double step = sign == 0 ? 0 : signed(sign);
        int more = sign == 0 ? more() : repetitions();
        add(new SeriesValue.Plain(value), 1);
        for (int i = 0; i < more; i++) {
            value += step;
            add(new SeriesValue.Plain(value), 1);
        }
    }

    private void readHistograms() {
        SeriesValue.Histogram first = HistogramNotation.read(cursor);
        int sign = cursor.sign();
        if (sign == 0) {
            add(first, 1 + more());
            return;
        }
        NativeHistogram step = HistogramNotation.read(cursor).histogram();
        int more = repetitions();
        add(first, 1);
        NativeHistogram value = first.histogram();
        for (int i = 0; i < more; i++) {
            if (value.schema() > step.schema()) {
                throw cursor.wrong("histograms of schema " + step.schema() + " and " + value.schema()
                        + " (expected: the one that is added at least as fine)");
            }
            value = sign > 0 ? value.plus(step) : value.minus(step);
            add(new SeriesValue.Histogram(value, first.hintWritten()), 1);
        }
    }

    private double signed(int sign) {
        double size = quantity.applyAsDouble(cursor);
        return sign < 0 ? -size : size;
    }

    /** The n of {@code xn}, which stands after what is there n times more; 0 without it. */
    private int more() {
        return cursor.isAt("x") ? repetitions() : 0;
    }

    private int repetitions() {
        cursor.expect("x");
        return cursor.whole(SeriesDescription.MOST_VALUES - values.size());
    }

    private void add(SeriesValue value, int times) {
        values.addAll(Collections.nCopies(times, value));
    }

    private static double duration(Cursor cursor) {
        String duration = cursor.pass(DURATION);
        if (duration == null) {
            throw cursor.unexpected("a duration");
        }
        try {
            return Durations.parse(duration);
        } catch (IllegalArgumentException e) {
            throw cursor.wrong(e.getMessage());
        }
    }
}
