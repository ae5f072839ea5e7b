package io.tributary.promql.rule.yaml;

import io.tributary.promql.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a document, taken as the type that its field has. What is not of that type is complained of, and taken as
 * the type's empty value; {@code null} is the empty value of every type.
 */
public final class YamlValue {

    private final Node node;
    private final Complaints complaints;

    YamlValue(Node node, Complaints complaints) {
        this.node = node;
        this.complaints = complaints;
    }

    public Place place() {
        return Place.of(node);
    }

    /** The same value, whose mistakes are told to others. */
    public YamlValue with(Complaints others) {
        return new YamlValue(node, others);
    }

    /** The text of a scalar, a number or a boolean as it is written. */
    public String text() {
        return scalar("a text").map(ScalarNode::getValue).orElse("");
    }

    /** A length of time of 0 or more. */
    public Duration duration() {
        return scalar("a duration")
                .map(scalar -> {
                    try {
                        return Duration.ofMillis(Durations.parse(scalar.getValue()));
                    } catch (IllegalArgumentException e) {
                        complaints.add(place(), e.getMessage());
                        return Duration.ZERO;
                    }
                })
                .orElse(Duration.ZERO);
    }

    /** A whole number of 32 bits. */
    public int integer() {
        return scalar("a whole number")
                .flatMap(scalar -> scalar.isPlain() ? YamlNumbers.parse(scalar.getValue()) : Optional.empty())
                .filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
                .map(Double::intValue)
                .orElseGet(() -> wrong("a whole number", 0));
    }

    public double number() {
        return scalar("a number")
                .flatMap(scalar -> scalar.isPlain() ? YamlNumbers.parse(scalar.getValue()) : Optional.empty())
                .orElseGet(() -> wrong("a number", 0.0));
    }

    public boolean bool() {
        return scalar("true or false")
                .map(scalar -> switch (scalar.getValue().toLowerCase(Locale.ROOT)) {
                    case "true", "yes", "on" -> true;
                    case "false", "no", "off" -> false;
                    default -> wrong("true or false", false);
                })
                .orElse(false);
    }

    public List<YamlValue> list() {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new YamlValue(item, complaints))
                    .toList();
        }
        return isNull() ? List.of() : wrong("a list", List.of());
    }

    /** A map with fields of names that are known. */
    public YamlFields fields() {
        if (node instanceof MappingNode map) {
            return YamlFields.of(map, complaints);
        }
        YamlFields none = YamlFields.none(node, complaints);
        return isNull() ? none : wrong("a map", none);
    }

    /** A map from texts to texts, sorted by key. */
    public Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        fields().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private Optional<ScalarNode> scalar(String expected) {
        if (isNull()) {
            return Optional.empty();
        }
        return node instanceof ScalarNode scalar ? Optional.of(scalar) : wrong(expected, Optional.empty());
    }

    private boolean isNull() {
        return node.getTag().equals(Tag.NULL);
    }

    private <T> T wrong(String expected, T empty) {
        if (!isNull()) {
            String found = node instanceof ScalarNode scalar
                    ? scalar.getValue()
                    : node instanceof SequenceNode ? "a list" : "a map";
            complaints.add(place(), "cannot read " + found + " (expected: " + expected + ")");
        }
        return empty;
    }
}
