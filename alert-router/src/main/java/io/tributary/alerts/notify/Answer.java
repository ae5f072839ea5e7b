package io.tributary.alerts.notify;

import java.util.Locale;

/** What a receiver's HTTP status means. Alertmanager: notify, "Retrier", with 429 retried as well. */
enum Answer {
    /** The receiver has the message. */
    DELIVERED,
    /** The receiver cannot take it now. */
    RETRY,
    /** The receiver will never take it. */
    REFUSED;

    private static final int TOO_MANY_REQUESTS = 429;

    /** The name in lower case. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The meaning of this status. */
    static Answer of(int status) {
        if (status / 100 == 2) {
            return DELIVERED;
        }
        return status / 100 == 5 || status == TOO_MANY_REQUESTS ? RETRY : REFUSED;
    }
}
