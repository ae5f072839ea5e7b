package io.tributary.alerts.http;

import io.tributary.alerts.rules.RuleSource;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** Reads rule files again. Prometheus: management API, "Reload". */
@RestController
public class ReloadController {
    private final Supplier<RuleSource.Status> reload;

    /** Reloads by this. */
    public ReloadController(Supplier<RuleSource.Status> reload) {
        this.reload = reload;
    }

    /** 200 once the new rules are in force; 500 with the problems, a line each, if they cannot be. */
    @RequestMapping(
            path = "/-/reload",
            method = {RequestMethod.POST, RequestMethod.PUT})
    public ResponseEntity<String> reload() {
        RuleSource.Status status = reload.get();
        return status.isSuccess()
                ? ResponseEntity.ok("")
                : ResponseEntity.status(HttpStatus.INTERNAL_SERVER_ERROR)
                        .body("failed to reload config:\n" + status.problems() + "\n");
    }
}
