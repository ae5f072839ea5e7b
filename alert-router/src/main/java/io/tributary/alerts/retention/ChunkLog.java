package io.tributary.alerts.retention;

/** Where series and their chunks are kept, so that they survive the process. */
public interface ChunkLog {
    /** Keeps the value under the key, in the place of what was there. Neither is changed afterwards. */
    void put(byte[] key, byte[] value);

    /** Removes what is under the key. */
    void delete(byte[] key);
}
