package io.tributary.alerts.routing;

import io.tributary.alerts.label.LabelText;
import io.tributary.schemas.avro.NotificationKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where alerts go: what a configuration file of Alertmanager with one route says.
 *
 * @param resolveTimeout how long an alert fires of which the sender did not say when it ends
 * @param route the route
 * @param webhook the route's receiver; empty if it tells nobody
 */
public record Routing(Duration resolveTimeout, Route route, Optional<WebhookReceiver> webhook) {
    /** What Alertmanager takes for an alert without end. */
    public static final Duration DEFAULT_RESOLVE_TIMEOUT = Duration.ofMinutes(5);

    /** Tells nobody. */
    public static final Routing NOBODY = new Routing(
            DEFAULT_RESOLVE_TIMEOUT,
            new Route("none", List.of(), false, Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(4)),
            Optional.empty());

    /**
     * The group of an alert with these labels, as Alertmanager names it: the route's matchers, then the group's labels.
     */
    public NotificationKey groupOf(String tenant, Map<String, String> alertLabels) {
        return new NotificationKey(tenant, "{}:" + LabelText.of(route.groupLabels(alertLabels)), route.receiver());
    }

    /**
     * Whether somebody is told of an alert with these labels as one of this group; if not, the group is one of another
     * file, and forgotten.
     */
    public boolean tells(NotificationKey group, Map<String, String> alertLabels) {
        return webhook.isPresent() && groupOf(group.getTenant(), alertLabels).equals(group);
    }
}
