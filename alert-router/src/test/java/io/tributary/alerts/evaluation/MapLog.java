package io.tributary.alerts.evaluation;

import java.util.List;
import java.util.Map;

/** States in a map. */
record MapLog(Map<String, byte[]> all) implements StateLog {
    @Override
    public List<String> keys() {
        return List.copyOf(all.keySet());
    }

    @Override
    public byte[] get(String key) {
        return all.get(key);
    }

    @Override
    public void put(String key, byte[] value) {
        if (value == null) {
            all.remove(key);
        } else {
            all.put(key, value);
        }
    }
}
