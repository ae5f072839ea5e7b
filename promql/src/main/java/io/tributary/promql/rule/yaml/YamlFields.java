package io.tributary.promql.rule.yaml;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of a map, by name, those of merged maps ({@code <<}) among them. */
public final class YamlFields {

    private record Field(ScalarNode key, Node value) {}

    private final Node node;
    private final Complaints complaints;
    private final Map<String, Field> fields = new LinkedHashMap<>();

    private YamlFields(Node node, Complaints complaints) {
        this.node = node;
        this.complaints = complaints;
    }

    static YamlFields none(Node node, Complaints complaints) {
        return new YamlFields(node, complaints);
    }

    static YamlFields of(MappingNode map, Complaints complaints) {
        var fields = new YamlFields(map, complaints);
        fields.add(map);
        return fields;
    }

    public Place place() {
        return Place.of(node);
    }

    /** The same fields, whose mistakes are told to others. */
    public YamlFields with(Complaints others) {
        var same = new YamlFields(node, others);
        same.fields.putAll(fields);
        return same;
    }

    public Optional<YamlValue> get(String name) {
        return Optional.ofNullable(fields.get(name)).map(field -> new YamlValue(field.value(), complaints));
    }

    /** The field's place, or that of the map if it has no such field. */
    public Place place(String name) {
        Field field = fields.get(name);
        return field == null ? place() : Place.of(field.value());
    }

    public void forEach(BiConsumer<String, YamlValue> action) {
        fields.forEach((name, field) -> action.accept(name, new YamlValue(field.value(), complaints)));
    }

    /** Complains of all fields that have other names. */
    public void allow(List<String> names) {
        fields.forEach((name, field) -> {
            if (!names.contains(name)) {
                complaints.add(
                        Place.of(field.key()),
                        "field " + name + " not found (expected: "
                                + names.stream().collect(Collectors.joining(", ")) + ")");
            }
        });
    }

    private void add(MappingNode map) {
        var lines = new HashMap<String, Integer>();
        for (NodeTuple tuple : map.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                complaints.add(Place.of(tuple.getKeyNode()), "cannot read the key (expected: a text)");
            } else if (!key.getTag().equals(Tag.MERGE)) {
                Integer line = lines.put(key.getValue(), Place.of(key).line());
                if (line != null) {
                    complaints.add(
                            Place.of(key), "mapping key \"" + key.getValue() + "\" already defined at line " + line);
                }
                fields.put(key.getValue(), new Field(key, tuple.getValueNode()));
            }
        }
        map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode().getTag().equals(Tag.MERGE))
                .flatMap(tuple -> merged(tuple.getValueNode()))
                .forEach(this::merge);
    }

    /** What is there already counts. */
    private void merge(Node other) {
        if (other instanceof MappingNode map) {
            of(map, complaints).fields.forEach(fields::putIfAbsent);
        } else {
            complaints.add(Place.of(other), "cannot merge (expected: a map, or a list of maps)");
        }
    }

    private static Stream<Node> merged(Node value) {
        return value instanceof SequenceNode list ? list.getValue().stream() : Stream.of(value);
    }
}
