package io.tributary.promql.rule.unittest;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a unit-test file says. Prometheus: configuration, "Unit testing for rules".
 *
 * @param ruleFiles patterns of the rule files, relative ones below the file's folder
 * @param evaluationInterval between evaluations of all groups; above 0
 * @param groupOrder names of groups that are evaluated in this order
 * @param fuzzyCompare whether numbers may differ by the last bit
 */
record UnitTestFile(
        List<String> ruleFiles,
        Duration evaluationInterval,
        List<String> groupOrder,
        boolean fuzzyCompare,
        List<TestGroup> tests) {

    /**
     * Data, and what is expected of it.
     *
     * @param name may be empty
     * @param interval between the values of the input
     * @param start the time of the first value and evaluation, in milliseconds since the epoch
     */
    record TestGroup(
            String name,
            Duration interval,
            List<InputSeries> input,
            List<AlertTest> alertTests,
            List<ExprTest> exprTests,
            Map<String, String> externalLabels,
            String externalUrl,
            long start) {

        /** The time of the last test after the start. */
        Duration end() {
            Duration end = Duration.ZERO;
            for (AlertTest test : alertTests) {
                end = end.compareTo(test.evalTime()) < 0 ? test.evalTime() : end;
            }
            for (ExprTest test : exprTests) {
                end = end.compareTo(test.evalTime()) < 0 ? test.evalTime() : end;
            }
            return end;
        }
    }

    /** A series with its values in the notation of the test language. */
    record InputSeries(String series, String values) {}

    /**
     * The alerts of a name that fire at a time.
     *
     * @param evalTime after the start
     */
    record AlertTest(Duration evalTime, String alertName, List<ExpectedAlert> alerts) {}

    /** One alert, its labels without {@code alertname}. */
    record ExpectedAlert(Map<String, String> labels, Map<String, String> annotations) {}

    /**
     * What a query gives at a time.
     *
     * @param evalTime after the start
     */
    record ExprTest(String expr, Duration evalTime, List<ExpectedSample> samples) {}

    /**
     * One element.
     *
     * @param labels as a series is written; may be empty
     * @param histogram in the notation of the test language; empty if the element is a number
     */
    record ExpectedSample(String labels, double value, String histogram) {}
}
