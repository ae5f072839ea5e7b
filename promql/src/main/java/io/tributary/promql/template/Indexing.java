package io.tributary.promql.template;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Parts of texts, lists and maps. Go: text/template, "index", "slice" and "len". */
final class Indexing {

    private Indexing() {}

    /** The element under one index or key after the other. */
    static Object index(Object value, List<Object> keys) {
        Object found = value;
        if (found == null) {
            throw new FunctionException("index of untyped nil");
        }
        for (Object key : keys) {
            found = switch (found) {
                case List<?> list -> list.get(position(key, list.size() - 1));
                case String text -> (long) text.charAt(position(key, text.length() - 1));
                case Map<?, ?> map -> {
                    if (!(key instanceof String)) {
                        throw new FunctionException("value has type " + Type.of(key) + "; should be string");
                    }
                    yield map.get(key);
                }
                case null -> throw new FunctionException("index of nil pointer");
                default -> throw new FunctionException("can't index item of type " + Type.of(found));
            };
        }
        return found;
    }

    /** From an index to another, which is not part of it any more. */
    static Object slice(Object value, List<Object> bounds) {
        if (bounds.size() > 2) {
            throw new FunctionException("too many slice indexes: " + bounds.size());
        }
        int size = Math.toIntExact(length(value));
        int from = bounds.isEmpty() ? 0 : position(bounds.get(0), size);
        int to = bounds.size() < 2 ? size : position(bounds.get(1), size);
        if (from > to) {
            throw new FunctionException("invalid slice index: " + from + " > " + to);
        }
        return switch (value) {
            case String text -> text.substring(from, to);
            case List<?> list -> list.subList(from, to);
            default -> throw new FunctionException("can't slice item of type " + Type.of(value));
        };
    }

    static long length(Object value) {
        return switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_8).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null -> throw new FunctionException("len of nil pointer");
            default -> throw new FunctionException("len of type " + Type.of(value));
        };
    }

    private static int position(Object key, int last) {
        if (!(key instanceof Long position)) {
            throw new FunctionException("cannot index slice/array with type " + Type.of(key));
        }
        if (position < 0 || position > last) {
            throw new FunctionException("index out of range: " + position);
        }
        return position.intValue();
    }
}
