package io.tributary.alerts.routing;

import java.net.URI;

/**
 * A receiver that is told by HTTP POST. Alertmanager: configuration, "webhook_config".
 *
 * @param name the receiver's name
 * @param url where to post; http or https
 * @param sendResolved whether it wants to know of resolved alerts
 * @param maxAlerts the most alerts of one message; 0 for no limit
 */
public record WebhookReceiver(String name, URI url, boolean sendResolved, int maxAlerts) {

    /** Without the URL, which may hold a secret. */
    @Override
    public String toString() {
        return "webhook receiver " + name;
    }
}
