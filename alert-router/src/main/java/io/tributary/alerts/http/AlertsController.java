package io.tributary.alerts.http;

import io.tributary.alerts.posted.AlertPublisher;
import io.tributary.alerts.posted.PostedAlerts;
import io.tributary.alerts.routing.Routing;
import io.tributary.promql.label.Matcher;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.identity.Tenant;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes and shows alerts. Alertmanager: api/v2/openapi.yaml, "/alerts". Failures are answered with a JSON text, as
 * Alertmanager does.
 */
@RestController
@RequestMapping("/api/v2/alerts")
public class AlertsController {
    private static final String RETRY_AFTER_SECONDS = "5";

    private final AlertPublisher publisher;
    private final AlertView view;
    private final Routing routing;
    private final Clock clock;
    private final int maxBytes;

    /** Publishes through the one and shows what the other knows; bodies are at most this many bytes. */
    public AlertsController(AlertPublisher publisher, AlertView view, Routing routing, Clock clock, int maxBytes) {
        this.publisher = publisher;
        this.view = view;
        this.routing = routing;
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    /**
     * Answers 200 once Kafka has all of them; 400 if some are malformed, of which the others are taken nevertheless.
     */
    @PostMapping
    public ResponseEntity<String> post(HttpServletRequest request) throws IOException {
        byte[] body = LimitedBody.read(request.getInputStream(), maxBytes);
        PostedAlerts posted = PostedAlerts.read(body, Tenant.DEFAULT, clock.instant(), routing.resolveTimeout());
        publisher.publish(posted.alerts());
        return posted.problems().isEmpty()
                ? ResponseEntity.ok().build()
                : failure(HttpStatus.BAD_REQUEST, String.join("; ", posted.problems()));
    }

    /** The alerts that have not ended and that all filters match. */
    @GetMapping
    public List<GettableAlert> get(
            @RequestParam MultiValueMap<String, String> parameters,
            @RequestParam(name = "active", defaultValue = "true") boolean active) {
        // As a list by itself, a filter would be taken apart at its commas.
        List<Matcher> matchers = LabelFilter.parse(parameters.getOrDefault("filter", List.of()));
        Instant instant = clock.instant();
        long now = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
        return view.all().stream()
                .filter(alert -> active && alert.getEndsAtUnixNano() > now)
                .filter(alert -> matchers.stream()
                        .allMatch(matcher -> matcher.matches(alert.getLabels().getOrDefault(matcher.name(), ""))))
                .map(alert -> GettableAlert.of(alert, routing.route().receiver()))
                .toList();
    }

    /** What the client did wrong. */
    @ExceptionHandler
    public ResponseEntity<String> malformed(IllegalArgumentException e) {
        return failure(HttpStatus.BAD_REQUEST, e.getMessage());
    }

    /** Too much at once. */
    @ExceptionHandler
    public ResponseEntity<String> tooLarge(LimitedBody.TooLargeException e) {
        return failure(HttpStatus.CONTENT_TOO_LARGE, "body: too large (expected: at most " + maxBytes + " bytes)");
    }

    /** What is not safe yet must be sent again. */
    @ExceptionHandler
    public ResponseEntity<String> away(RetryableException e) {
        return failure(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage());
    }

    private static ResponseEntity<String> failure(HttpStatus status, String message) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return answer.body(JsonText.of(message));
    }
}
