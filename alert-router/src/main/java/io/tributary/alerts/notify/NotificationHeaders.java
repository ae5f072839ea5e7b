package io.tributary.alerts.notify;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Kafka headers of messages and of what became of them; all are UTF-8 text. */
public final class NotificationHeaders {
    /**
     * On an entry of the notification log: the idempotency key of a message that will not be told: refused by the
     * receiver for good, or given up. The entry then says again what the receiver was told before, with an empty key if
     * that is nothing.
     */
    private static final String REFUSED = "tributary.notification.refused";
    /** On a message: how many alerts of the group it leaves out, because all would not fit into a record. */
    private static final String TRUNCATED = "tributary.notification.truncated";

    private NotificationHeaders() {}

    /** Headers that say that this message was refused. */
    public static Headers refusedMessage(String idempotencyKey) {
        return new RecordHeaders().add(REFUSED, idempotencyKey.getBytes(StandardCharsets.UTF_8));
    }

    /** The key of the refused message; empty if none was. */
    public static String refused(Headers headers) {
        return text(headers, REFUSED);
    }

    /** Headers that say that this many alerts are left out; none if it is 0. */
    public static Headers truncated(int alerts) {
        Headers headers = new RecordHeaders();
        if (alerts > 0) {
            headers.add(TRUNCATED, Integer.toString(alerts).getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }

    /** How many alerts are left out. */
    public static int truncated(Headers headers) {
        String text = text(headers, TRUNCATED);
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
