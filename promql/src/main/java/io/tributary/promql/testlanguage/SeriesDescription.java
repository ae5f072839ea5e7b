package io.tributary.promql.testlanguage;

import io.tributary.promql.label.Labels;
import java.util.List;

/**
 * One line of series data: labels, and a value or a gap for each step. For instance {@code up{job="a"} 1 0x3 _ stale},
 * of which the last four are three zeros more than one, a gap and the end of the series.
 *
 * @param startTimestamps whether the values are not samples but say since when the samples of the same labels count, in
 *     milliseconds from the time of each: a line with {@code @st} after the labels
 */
public record SeriesDescription(Labels labels, boolean startTimestamps, List<SeriesValue> values) {

    /** How many values a line may stand for. */
    static final int MOST_VALUES = 10_000_000;

    public SeriesDescription {
        values = List.copyOf(values);
    }

    /**
     * A line as it is written in a test script.
     *
     * @throws NotationException if the line cannot be read
     */
    public static SeriesDescription parse(String line) {
        var cursor = new Cursor(line);
        cursor.passBlanks();
        Labels labels = SeriesLabels.read(cursor);
        boolean startTimestamps = cursor.pass("@st");
        List<SeriesValue> values = startTimestamps
                ? SeriesValues.ofStarts(cursor).read()
                : SeriesValues.ofSamples(cursor).read();
        return new SeriesDescription(labels, startTimestamps, values);
    }

    @Override
    public String toString() {
        var text = new StringBuilder(labels.toString());
        values.forEach(value -> text.append(' ').append(value));
        return text.toString();
    }
}
