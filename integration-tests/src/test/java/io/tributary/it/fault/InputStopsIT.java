package io.tributary.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.tributary.it.client.Load;
import io.tributary.it.client.Service;
import io.tributary.it.client.Signal;
import io.tributary.it.system.Search;
import io.tributary.it.system.Stored;
import io.tributary.it.system.Tributary;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** All input stops: what has begun comes to its end by itself, and within the time that is documented. */
@Tag("faults")
@ExtendWith(Tributary.Started.class)
class InputStopsIT {
    private static final int RECORDS = 100_000;
    private static final int PER_SECOND = 2_000;

    /** {@code tributary.traces.closing}: quiet, or idle for want of a parent, and each time partition-idle. */
    private static final Duration TRACE = Duration.ofSeconds(2 + 3);

    private static final Duration UNFINISHED_TRACE = Duration.ofSeconds(30 + 3);
    /** {@code tributary.metrics}: window, grace and idle, as the scenarios' system has them. */
    private static final Duration WINDOW = Duration.ofSeconds(60 + 5 + 5);
    /** The rules' own ten seconds, {@code tributary.alerts.evaluation-delay} twice, and the receiver's group_wait. */
    private static final Duration ALERT = Duration.ofSeconds(10 + 5 + 5 + 1);
    /** From there to the store or the receiver, on a machine that is busy. */
    private static final Duration WAY = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void theLastTracesAndWindowsComeOut(Tributary tributary) {
        Stored stored = new Stored(tributary);
        Search search = new Search(tributary);
        String unfinished = "unfinished-" + UUID.randomUUID();
        try (Service service = new Service(tributary, unfinished)) {
            Load points = Load.of(Signal.METRICS, tributary, RECORDS);
            Load spans = Load.of(Signal.SPANS, tributary, RECORDS);
            spanWithoutParent(service);
            Instant stop = Instant.now();

            until(stop.plus(TRACE), () -> assertThat(stored.count(spans)).isEqualTo(spans.records()));
            until(
                    stop.plus(UNFINISHED_TRACE),
                    () -> assertThat(search.refreshed().count("traces-tributary-*", "services", unfinished))
                            .isOne());
            until(stop.plus(WINDOW), () -> assertThat(stored.rolledUp(points)).isEqualTo(points.records()));
            tributary.balancedLedger();
            stored.exactly(points);
            stored.exactly(spans);
        }
    }

    /** Apart from the windows, whose partitions would not be silent while alerts say that they fire. */
    @Test
    void theLastStatesOfAlertsComeOut(Tributary tributary) throws Exception {
        try (Webhook receiver = new Webhook();
                Load points = Load.start(Signal.METRICS, tributary, PER_SECOND)) {
            String metric = points.metric();
            String last = Integer.toString(RECORDS - 1);
            try (Alerting _ = new Alerting(
                    tributary,
                    folder,
                    receiver.url(),
                    "{alert: Last, expr: max(" + metric + ") >= " + last + ", for: 10s}",
                    "{alert: Flowing, expr: max(timestamp(" + metric + ")) > time() - 10}",
                    "{alert: Gone, expr: 'absent_over_time(" + metric + "[10s]) and on() max(max_over_time(" + metric
                            + "[10m])) >= " + last + "'}")) {
                await().atMost(WAY).until(() -> receiver.told().contains("firing Flowing"));
                points.finish(RECORDS);

                until(
                        Instant.now().plus(ALERT),
                        () -> assertThat(receiver.told())
                                .contains("resolved Flowing")
                                .containsOnlyOnce("firing Last", "firing Gone"));
            }
            tributary.balancedLedger();
            new Stored(tributary).exactly(points);
        }
    }

    private static void until(Instant documented, ThrowingRunnable condition) {
        await().atMost(Duration.between(Instant.now(), documented.plus(WAY)))
                .ignoreExceptions()
                .untilAsserted(condition);
    }

    private static void spanWithoutParent(Service service) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                UUID.randomUUID().toString().replace("-", ""),
                "00000000000000a1",
                TraceFlags.getSampled(),
                TraceState.getDefault());
        service.sdk()
                .getTracer("scenario")
                .spanBuilder("GET /order")
                .setParent(Context.root().with(Span.wrap(parent)))
                .startSpan()
                .end();
        service.flush();
    }
}
