package io.tributary.connect.elasticsearch;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Service documents that are in the store, the latest used of them: every span asks for one, and nearly all ask for the
 * same.
 */
final class KnownServices {
    private static final int MOST = 10_000;
    private static final float LOAD = 0.75f;

    private final Map<String, Boolean> known = new LinkedHashMap<>(16, LOAD, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    boolean has(Document service) {
        return known.get(key(service.index(), service.id())) != null;
    }

    void add(Planned stored) {
        known.put(key(stored.index(), stored.id()), true);
    }

    private static String key(String index, String id) {
        return index + '/' + id;
    }
}
