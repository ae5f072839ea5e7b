package io.tributary.alerts.retention;

import io.tributary.promql.label.Labels;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Names and values of labels, each of which is held once: series have few different ones between them. */
final class Texts {
    /** A text with its place in the map, but for its characters. */
    private static final long TEXT_BYTES = 88;

    private final Map<String, String> all = new HashMap<>();
    private long bytes;

    /** The same text, as it is held. */
    String share(String text) {
        String known = all.putIfAbsent(text, text);
        if (known == null) {
            bytes += TEXT_BYTES + text.length();
        }
        return known == null ? text : known;
    }

    /** The same labels, made of texts that are held. */
    Labels share(Labels labels) {
        String[] pairs = new String[2 * labels.size()];
        for (int i = 0; i < labels.size(); i++) {
            pairs[2 * i] = share(labels.name(i));
            pairs[2 * i + 1] = share(labels.value(i));
        }
        return Labels.of(pairs);
    }

    /** Holds those that these series have, and no others. */
    void keep(Collection<StoredSeries> series) {
        all.clear();
        bytes = 0;
        for (StoredSeries each : series) {
            share(each.tenant());
            each.labels().forEach((name, value) -> {
                share(name);
                share(value);
            });
        }
    }

    /** Bytes that they take, about. */
    long bytes() {
        return bytes;
    }
}
