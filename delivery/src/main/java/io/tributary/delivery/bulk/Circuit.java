package io.tributary.delivery.bulk;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether documents flow, and if not, why and since when. */
public final class Circuit {
    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    /**
     * Why documents do not flow.
     *
     * @param reason in words, without documents
     * @param since since when
     * @param open whether people must mend something; false while the writer expects it to pass by itself
     */
    public record Interruption(String reason, Instant since, boolean open) {}

    private final AtomicReference<Interruption> interruption = new AtomicReference<>();
    private final Clock clock;

    /** Documents do not flow before Elasticsearch was there once. */
    Circuit(Clock clock) {
        this.clock = clock;
        this.interruption.set(new Interruption("not connected yet", clock.instant(), false));
    }

    /** Why documents do not flow; empty while they do. */
    public Optional<Interruption> interruption() {
        return Optional.ofNullable(interruption.get());
    }

    void interrupted(String reason, boolean open) {
        Interruption before = interruption.getAndUpdate(
                known -> new Interruption(reason, known == null ? clock.instant() : known.since(), open));
        if (before == null || !before.reason().equals(reason)) {
            LOG.warn("documents do not flow: {}{}", reason, open ? " (this needs somebody's hand)" : "");
        }
    }

    void flows() {
        Interruption before = interruption.getAndSet(null);
        if (before != null) {
            LOG.info("documents flow; what was in the way since {}: {}", before.since(), before.reason());
        }
    }
}
