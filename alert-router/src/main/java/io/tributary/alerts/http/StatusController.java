package io.tributary.alerts.http;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells of the service itself. Alertmanager: api/v2/openapi.yaml, "/status", and management API. */
@RestController
public class StatusController {
    private final String configuration;
    private final BooleanSupplier ready;
    private final Instant started;

    /** Shows this configuration, as it was written, and whether alerts can be taken. */
    public StatusController(String configuration, BooleanSupplier ready, Clock clock) {
        this.configuration = configuration;
        this.ready = ready;
        this.started = clock.instant();
    }

    /** Configuration, version and since when it runs. Kafka takes the place of Alertmanager's cluster. */
    @GetMapping("/api/v2/status")
    public Map<String, Object> status() {
        String version = StatusController.class.getPackage().getImplementationVersion();
        return Map.of(
                "cluster",
                Map.of("status", "disabled", "peers", List.of()),
                "config",
                Map.of("original", configuration),
                "uptime",
                started.toString(),
                "versionInfo",
                Map.of(
                        "version",
                        version == null ? "" : version,
                        "revision",
                        "",
                        "branch",
                        "",
                        "buildUser",
                        "",
                        "buildDate",
                        "",
                        "goVersion",
                        ""));
    }

    /** Always 200 while the process answers. */
    @GetMapping("/-/healthy")
    public String healthy() {
        return "OK";
    }

    /** 200 once alerts can be taken, before that 503. */
    @GetMapping("/-/ready")
    public ResponseEntity<String> ready() {
        return ready.getAsBoolean()
                ? ResponseEntity.ok("OK")
                : ResponseEntity.status(503).body("waiting for Kafka");
    }
}
