package io.tributary.connect.influx;

/** Which store reads the lines: they escape differently, and QuestDB's tables are made beforehand. */
public enum StoreType {
    /** InfluxDB 1.x and what speaks as it does. A point with the same series and time replaces the earlier one. */
    INFLUXDB,
    /** QuestDB. Its tables are made with deduplication by time and symbols, to the same effect. */
    QUESTDB
}
