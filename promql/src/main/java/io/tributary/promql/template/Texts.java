package io.tributary.promql.template;

import io.tributary.promql.label.Labels;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A map of texts, such as labels: a key that is not there stands for an empty text. Sorted by key. */
public class Texts extends AbstractMap<String, Object> implements Typed {

    private final Map<String, Object> texts;

    public Texts(Map<String, String> texts) {
        this.texts = new LinkedHashMap<>(new TreeMap<>(texts));
    }

    public static Texts of(Labels labels) {
        return new Texts(labels.toMap());
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return texts.entrySet();
    }

    @Override
    public Object get(Object key) {
        return texts.getOrDefault(key, "");
    }

    @Override
    public String typeName() {
        return "map[string]string";
    }
}
