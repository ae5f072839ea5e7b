package io.tributary.alerts.retention;

/** What became of a sample. */
public enum Appended {
    /** It is there, and was not before. */
    STORED,
    /** It was there already, with the same value. */
    DUPLICATE,
    /** Another value is there for its time, and stays. */
    CONFLICT,
    /** A later sample of its series is there; Prometheus refuses such samples too, unless told otherwise. */
    OUT_OF_ORDER,
    /** There is no room for another series. */
    NO_ROOM
}
