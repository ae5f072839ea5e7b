package io.tributary.alerts.config;

import io.tributary.alerts.notify.NotifierRunner;
import io.tributary.runtime.config.TopicsAtStart;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts the notifier once the topics are there, and stops it with the service. */
public final class NotifierLifecycle implements SmartLifecycle, HealthIndicator {
    private final NotifierRunner runner;
    private final TopicsAtStart topics;
    private volatile boolean running;

    NotifierLifecycle(NotifierRunner runner, TopicsAtStart topics) {
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
            runner.start();
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        runner.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        return (runner.isAlive() ? Health.up() : Health.down()).build();
    }
}
