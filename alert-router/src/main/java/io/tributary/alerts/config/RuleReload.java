package io.tributary.alerts.config;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.alerts.rules.RuleSource;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Reads rule files again when they change and on SIGHUP, and tells by metrics how the last reading went. */
final class RuleReload implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(RuleReload.class);

    private final RuleSource rules;
    private final Duration every;
    private ScheduledExecutorService executor;

    RuleReload(RuleSource rules, Duration every, MeterRegistry meters) {
        this.rules = rules;
        this.every = every;
        Gauge.builder(
                        "tributary.alerts.config.last.reload.successful",
                        rules,
                        source -> source.status().isSuccess() ? 1 : 0)
                .description(
                        "Whether the rule files were taken when they were last read; if not, earlier ones are in force")
                .register(meters);
        Gauge.builder(
                        "tributary.alerts.config.last.reload.success.timestamp",
                        rules,
                        source -> source.status().succeededAt().toEpochMilli() / 1000.0)
                .description("When rule files were last taken")
                .baseUnit("seconds")
                .register(meters);
        Gauge.builder(
                        "tributary.alerts.rule.groups",
                        rules,
                        source -> source.get().groups().size())
                .description("Rule groups in force")
                .register(meters);
    }

    /** Reads the files again, and logs how it went. */
    RuleSource.Status reload() {
        return log(rules.reload());
    }

    private static RuleSource.Status log(RuleSource.Status status) {
        if (status.isSuccess()) {
            LOG.info("Rule files were read and are in force");
        } else {
            LOG.error("Rule files cannot be taken, those read before stay in force:\n{}", status.problems());
        }
        return status;
    }

    @Override
    public synchronized void start() {
        executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("rule-reload").factory());
        var _ = executor.scheduleWithFixedDelay(this::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        onHangup(() -> executor.execute(this::reload));
    }

    private void look() {
        if (rules.reloadIfChanged()) {
            log(rules.status());
        }
    }

    /** The JDK has signals only in a package that it advises against; where it is missing, so is SIGHUP. */
    private static void onHangup(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    RuleReload.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            action.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("SIGHUP does not reload rule files here: {}", e.toString());
        }
    }

    @Override
    public synchronized void stop() {
        if (executor != null) {
            executor.shutdownNow();
            executor = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return executor != null;
    }
}
