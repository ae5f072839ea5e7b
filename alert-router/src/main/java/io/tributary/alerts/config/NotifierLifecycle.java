package io.tributary.alerts.config;

import io.tributary.alerts.notify.NotifierRunner;
import io.tributary.runtime.config.TopicsAtStart;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts the notifier once the topics are there, and stops it with the service. */
public final class NotifierLifecycle implements SmartLifecycle, HealthIndicator {
    private final Optional<NotifierRunner> runner;
    private final TopicsAtStart topics;
    private volatile boolean running;

    NotifierLifecycle(Optional<NotifierRunner> runner, TopicsAtStart topics) {
        this.runner = runner;
        this.topics = topics;
    }

    @Override
    public void start() {
        running = true;
        var _ = topics.ready().thenRun(this::startRunner);
    }

    private synchronized void startRunner() {
        if (running) {
            runner.ifPresent(NotifierRunner::start);
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        runner.ifPresent(NotifierRunner::close);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        boolean alive = runner.map(NotifierRunner::isAlive).orElse(true);
        return (alive ? Health.up() : Health.down()).build();
    }
}
