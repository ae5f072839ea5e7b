package io.tributary.promql.template;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A type of values, as functions ask for it and messages name it.
 *
 * @param name in Go
 * @param java what holds such values
 */
public record Type(String name, Class<?> java) {

    /** Whatever there is, also nothing. */
    public static final Type ANY = new Type("interface {}", Object.class);

    public static final Type STRING = new Type("string", String.class);
    public static final Type FLOAT = new Type("float64", Double.class);
    public static final Type INT = new Type("int", Long.class);
    public static final Type BOOL = new Type("bool", Boolean.class);

    /** What kind of text a constant of this type is, in the words of Go's messages. */
    String noun() {
        return switch (name) {
            case "float64" -> "float";
            case "int" -> "integer";
            default -> name;
        };
    }

    /** The name of a value's type in Go. */
    public static String of(Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Typed typed -> typed.typeName();
            case String text -> STRING.name();
            case Boolean truth -> BOOL.name();
            case Long number -> INT.name();
            case Double number -> FLOAT.name();
            case BigInteger number -> "uint64";
            case List<?> list -> "[]interface {}";
            case Map<?, ?> map -> "map[string]interface {}";
            default -> value.getClass().getSimpleName();
        };
    }
}
