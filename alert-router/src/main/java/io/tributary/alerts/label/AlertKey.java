package io.tributary.alerts.label;

/** Key of an alert in Kafka. Two tenants may have alerts with the same labels, so the tenant is part of it. */
public final class AlertKey {
    private AlertKey() {}

    /** {@code tenant/fingerprint}. */
    public static String of(String tenant, String fingerprint) {
        return tenant + '/' + fingerprint;
    }
}
