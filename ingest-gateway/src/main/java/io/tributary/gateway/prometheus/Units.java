package io.tributary.gateway.prometheus;

import java.util.Map;

/**
 * A unit by UCUM as the words that end a Prometheus name: {@code By/s} is bytes, per second. OpenTelemetry:
 * compatibility/prometheus_and_openmetrics.md.
 *
 * @param counted what is counted; empty for a unit that Prometheus does not name
 * @param per what it is counted in, without "per"; empty when the unit is no rate
 */
record Units(String counted, String per) {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("kBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("K", "kelvin"),
            Map.entry("Hz", "hertz"),
            Map.entry("%", "percent"),
            Map.entry("1", ""));

    private static final Map<String, String> PER_WORDS = Map.of(
            "s", "second", "m", "minute", "min", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y",
            "year");

    static Units of(String unit) {
        int slash = unit.indexOf('/');
        return slash < 0
                ? new Units(word(WORDS, unit), "")
                : new Units(word(WORDS, unit.substring(0, slash)), word(PER_WORDS, unit.substring(slash + 1)));
    }

    // What stands in braces is an annotation: a count of things has no unit.
    private static String word(Map<String, String> words, String unit) {
        String bare = unit.strip();
        return bare.indexOf('{') >= 0 ? "" : Names.tokens(words.getOrDefault(bare, bare), false);
    }
}
