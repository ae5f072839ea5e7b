package io.tributary.promql.testlanguage;

import io.tributary.promql.value.Annotations.Level;
import java.util.List;

/**
 * What a query must give.
 *
 * @param result the value; if a failure is expected, of no meaning
 * @param failure null if the query must succeed
 * @param annotations those that must be there; where there are some for a level, all of the level must be among them
 * @param without the levels of which there must be no annotation
 */
public record Expectation(Result result, Text failure, List<Annotation> annotations, List<Level> without) {

    public Expectation {
        annotations = List.copyOf(annotations);
        without = List.copyOf(without);
    }

    /** The value that is expected. */
    public sealed interface Result {

        /** One number. */
        record Scalar(double value) implements Result {}

        /** Text. */
        record Text(String value) implements Result {}

        /**
         * Series: one value each for an instant query, a value or gap for each step of a range query.
         *
         * @param ordered whether they must come in this order
         * @param times those of the values if a query for one time must give a range vector; null otherwise
         */
        record Series(List<SeriesDescription> series, boolean ordered, When.Range times) implements Result {
            public Series {
                series = List.copyOf(series);
            }
        }
    }

    /** What a message must be. */
    public sealed interface Text {

        boolean accepts(String message);

        /** Anything. */
        record Any() implements Text {
            @Override
            public boolean accepts(String message) {
                return true;
            }

            @Override
            public String toString() {
                return "any";
            }
        }

        /** Exactly that. */
        record Exactly(String text) implements Text {
            @Override
            public boolean accepts(String message) {
                return message.equals(text);
            }

            @Override
            public String toString() {
                return text;
            }
        }

        /** Something that the regular expression finds anywhere within. */
        record Matching(com.google.re2j.Pattern pattern) implements Text {
            @Override
            public boolean accepts(String message) {
                return pattern.matcher(message).find();
            }

            @Override
            public String toString() {
                return "/" + pattern + "/";
            }
        }
    }

    /** An annotation that is expected. */
    public record Annotation(Level level, Text text) {}
}
