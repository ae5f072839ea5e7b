package io.tributary.alerts.routing;

import io.tributary.alerts.yaml.Fields;
import io.tributary.alerts.yaml.PlainYaml;
import io.tributary.promql.Durations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a configuration file of Alertmanager that has one route and one receiver with at most one webhook. Whatever
 * else Alertmanager knows is refused, since alerts that go elsewhere than the file says are worse than a stop.
 */
public final class RoutingFile {
    private static final String ALL = "...";
    private static final String OTHER = "is not supported (expected: one route, one receiver with one webhook)";

    private final String file;
    private final List<String> problems = new ArrayList<>();

    private RoutingFile(String file) {
        this.file = file;
    }

    /** The routing in this file; {@link RoutingException} with every problem. */
    public static Routing read(Path path) {
        RoutingFile reader = new RoutingFile(path.toString());
        Routing routing = reader.routing(path);
        if (!reader.problems.isEmpty()) {
            throw new RoutingException(reader.problems);
        }
        return routing;
    }

    private Routing routing(Path path) {
        Object document;
        try {
            document = PlainYaml.read(Files.readString(path));
        } catch (IOException e) {
            problems.add(file + ": cannot be read: " + e);
            return Routing.NOBODY;
        } catch (IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
            return Routing.NOBODY;
        }
        Fields fields = new Fields(document, noting(""));
        Duration resolveTimeout = global(fields.any("global"));
        Route route = route(fields.any("route"));
        Optional<WebhookReceiver> webhook = receivers(fields.list("receivers"), route.receiver());
        fields.refuseOthers(OTHER);
        return new Routing(resolveTimeout, route, webhook);
    }

    private Duration global(Object value) {
        if (value == null) {
            return Routing.DEFAULT_RESOLVE_TIMEOUT;
        }
        Fields fields = new Fields(value, noting("global: "));
        Duration timeout = fields.parsed("resolve_timeout", Routing.DEFAULT_RESOLVE_TIMEOUT, RoutingFile::duration);
        fields.refuseOthers(OTHER);
        return timeout;
    }

    private Route route(Object value) {
        Consumer<String> note = noting("route: ");
        if (value == null) {
            note.accept("missing (expected: one route)");
            return Routing.NOBODY.route();
        }
        Fields fields = new Fields(value, note);
        Route standard = Routing.NOBODY.route();
        String receiver = fields.text("receiver", "");
        if (receiver.isEmpty()) {
            note.accept("receiver: empty (expected: the name of a receiver)");
        }
        List<String> groupBy = groupBy(fields.list("group_by"), note);
        boolean all = groupBy.contains(ALL);
        Route route = new Route(
                receiver,
                all ? List.of() : groupBy,
                all,
                fields.parsed("group_wait", standard.groupWait(), RoutingFile::duration),
                fields.parsed("group_interval", standard.groupInterval(), RoutingFile::positive),
                fields.parsed("repeat_interval", standard.repeatInterval(), RoutingFile::positive));
        fields.refuseOthers(OTHER);
        return route;
    }

    private static List<String> groupBy(List<Object> values, Consumer<String> note) {
        List<String> labels = values.stream().map(String::valueOf).toList();
        if (new HashSet<>(labels).size() < labels.size()) {
            note.accept("group_by: " + labels + " (expected: each label once)");
        }
        if (labels.contains(ALL) && labels.size() > 1) {
            note.accept("group_by: " + labels + " (expected: '...' alone)");
        }
        return labels;
    }

    private static Duration duration(String text) {
        return Duration.ofMillis(Durations.parse(text));
    }

    private static Duration positive(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("0 (expected: more than 0)");
        }
        return duration;
    }

    private Optional<WebhookReceiver> receivers(List<Object> receivers, String routed) {
        if (receivers.size() != 1) {
            noting("receivers: ").accept(receivers.size() + " (expected: one receiver)");
            return Optional.empty();
        }
        Fields fields = new Fields(receivers.getFirst(), noting("receivers[0]: "));
        String name = fields.text("name", "");
        if (!name.equals(routed)) {
            noting("route: ").accept("receiver: " + routed + " (expected: a receiver of the file: " + name + ")");
        }
        List<Object> webhooks = fields.list("webhook_configs");
        if (webhooks.size() > 1) {
            noting("receivers[0]: ").accept("webhook_configs: " + webhooks.size() + " (expected: one webhook)");
        }
        fields.refuseOthers(OTHER);
        return webhooks.isEmpty() ? Optional.empty() : webhook(name, webhooks.getFirst());
    }

    private Optional<WebhookReceiver> webhook(String name, Object value) {
        Consumer<String> note = noting("receivers[0].webhook_configs[0]: ");
        Fields fields = new Fields(value, note);
        URI url = fields.parsed("url", null, RoutingFile::url);
        if (url == null) {
            note.accept("url: none (expected: an http or https URL)");
        }
        boolean sendResolved = fields.parsed("send_resolved", true, RoutingFile::bool);
        int maxAlerts = fields.parsed("max_alerts", 0, Integer::parseUnsignedInt);
        fields.refuseOthers(OTHER);
        return url == null ? Optional.empty() : Optional.of(new WebhookReceiver(name, url, sendResolved, maxAlerts));
    }

    private static URI url(String text) {
        URI url = URI.create(text);
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("not an http or https URL");
        }
        return url;
    }

    private static boolean bool(String text) {
        return switch (text) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException(text + " (expected: true or false)");
        };
    }

    private Consumer<String> noting(String place) {
        return problem -> problems.add(file + ": " + place + problem);
    }
}
