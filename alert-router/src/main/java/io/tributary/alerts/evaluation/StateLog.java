package io.tributary.alerts.evaluation;

import java.util.List;

/** Where states are kept, so that they survive the process. */
public interface StateLog {
    /** All keys. */
    List<String> keys();

    /** What is under the key; null if nothing is. */
    byte[] get(String key);

    /** Keeps the value under the key; null removes what is there. */
    void put(String key, byte[] value);
}
