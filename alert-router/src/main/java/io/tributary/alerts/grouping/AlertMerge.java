package io.tributary.alerts.grouping;

import io.tributary.schemas.avro.Alert;

/**
 * Joins what is known of an alert with what is said of it now. Alertmanager: provider/mem, "Put", and types, "Merge".
 */
public final class AlertMerge {
    private AlertMerge() {}

    /**
     * The alert after what is said of it, be that newer than what is known, or older, as when it is read again. What is
     * known may be null. Neither is changed.
     */
    public static Alert of(Alert known, Alert news) {
        if (known == null) {
            return news;
        }
        boolean isNewer = known.getUpdatedAtUnixNano() <= news.getUpdatedAtUnixNano();
        if (!overlap(known, news)) {
            return isNewer ? news : known;
        }
        return isNewer ? merge(known, news) : merge(news, known);
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
