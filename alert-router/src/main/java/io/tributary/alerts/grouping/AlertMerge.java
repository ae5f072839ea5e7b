package io.tributary.alerts.grouping;

import io.tributary.schemas.avro.Alert;

/**
 * Joins what is known of an alert with what is said of it now. Alertmanager: provider/mem, "Put", and types, "Merge".
 */
public final class AlertMerge {
    private AlertMerge() {}

    /** The alert after the newer word; the older one may be null. Neither is changed. */
    public static Alert of(Alert known, Alert news) {
        if (known == null || !overlap(known, news)) {
            return news;
        }
        return known.getUpdatedAtUnixNano() <= news.getUpdatedAtUnixNano() ? merge(known, news) : merge(news, known);
    }

    private static boolean overlap(Alert known, Alert news) {
        return within(known, news.getEndsAtUnixNano()) || within(known, news.getStartsAtUnixNano());
    }

    private static boolean within(Alert alert, long time) {
        return time > alert.getStartsAtUnixNano() && time < alert.getEndsAtUnixNano();
    }

    private static Alert merge(Alert older, Alert younger) {
        Alert merged = Alert.newBuilder(younger).build();
        merged.setStartsAtUnixNano(Math.min(older.getStartsAtUnixNano(), younger.getStartsAtUnixNano()));
        long now = younger.getUpdatedAtUnixNano();
        boolean later = older.getEndsAtUnixNano() > younger.getEndsAtUnixNano();
        boolean keepsOlderEnd =
                younger.getEndsAtUnixNano() <= now ? older.getEndsAtUnixNano() <= now : !older.getTimeout();
        if (later && keepsOlderEnd) {
            merged.setEndsAtUnixNano(older.getEndsAtUnixNano());
        }
        return merged;
    }
}
