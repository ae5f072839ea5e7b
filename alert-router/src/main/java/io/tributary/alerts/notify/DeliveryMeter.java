package io.tributary.alerts.notify;

/** Counts what receivers answer. */
@FunctionalInterface
public interface DeliveryMeter {
    /** Counts an attempt: {@code delivered}, {@code retry}, {@code refused} or {@code no_answer}. */
    void answered(String answer);
}
