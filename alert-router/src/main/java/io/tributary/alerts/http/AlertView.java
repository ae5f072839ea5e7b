package io.tributary.alerts.http;

import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.failure.RetryableException;
import java.util.List;

/** The alerts that this instance knows. */
@FunctionalInterface
public interface AlertView {
    /** All alerts, also ended ones; {@link RetryableException} while they cannot be read. */
    List<Alert> all();
}
