package io.tributary.promql.rule.yaml;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as YAML writes them. */
final class YamlNumbers {

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern WITH_BASE = Pattern.compile("([-+]?)0([xob])([0-9a-fA-F]+)");

    private YamlNumbers() {}

    static Optional<Double> parse(String text) {
        String plain = text.replace("_", "");
        return switch (plain.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-.inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            case ".nan" -> Optional.of(Double.NaN);
            default -> DECIMAL.matcher(plain).matches() ? Optional.of(Double.valueOf(plain)) : withBase(plain);
        };
    }

    private static Optional<Double> withBase(String text) {
        var parts = WITH_BASE.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int base = switch (parts.group(2)) {
            case "x" -> 16;
            case "o" -> 8;
            default -> 2;
        };
        try {
            double size = Long.parseLong(parts.group(3), base);
            return Optional.of(parts.group(1).equals("-") ? -size : size);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
