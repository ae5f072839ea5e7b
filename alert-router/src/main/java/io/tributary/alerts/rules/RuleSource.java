package io.tributary.alerts.rules;

import io.tributary.alerts.planning.RuleSet;
import io.tributary.promql.engine.EngineOptions;
import io.tributary.promql.rule.RuleGroup;
import io.tributary.promql.rule.file.RuleFileException;
import io.tributary.promql.rule.file.RuleFileOptions;
import io.tributary.promql.rule.file.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The rules in force. They are read from files, and read again when asked; if what is read then cannot be taken, those
 * that are in force stay. Safe for use by many threads.
 */
public final class RuleSource implements Supplier<RuleSet> {
    private final RuleFilePaths paths;
    private final RuleFileOptions reading;
    private final EngineOptions evaluating;
    private final Clock clock;
    private volatile RuleSet inForce;
    private volatile Status status;
    private List<RuleGroup> groups = List.of();
    private String seen = "";

    /**
     * How the last reading went.
     *
     * @param succeededAt when files were last taken
     * @param problems why the last reading failed, a line for each problem; empty if it succeeded
     */
    public record Status(Instant succeededAt, String problems) {
        /** Whether the files were taken. */
        public boolean isSuccess() {
            return problems.isEmpty();
        }
    }

    /**
     * Reads the files for the first time.
     *
     * @param patterns paths, of which the last part may hold wildcards
     * @throws RuleFileException with every problem of every file
     * @throws UncheckedIOException if a folder cannot be listed
     */
    public RuleSource(List<String> patterns, RuleFileOptions reading, EngineOptions evaluating, Clock clock) {
        this.paths = new RuleFilePaths(List.copyOf(patterns));
        this.reading = reading;
        this.evaluating = evaluating;
        this.clock = clock;
        read();
    }

    @Override
    public RuleSet get() {
        return inForce;
    }

    /** How the last reading went. */
    public Status status() {
        return status;
    }

    /** Reads the files again, and tells how it went. */
    public synchronized Status reload() {
        try {
            read();
        } catch (RuleFileException | UncheckedIOException e) {
            status = new Status(status.succeededAt(), Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
        return status;
    }

    /** As {@link #reload}, if the files look other than when they were last read; returns whether they do. */
    public synchronized boolean reloadIfChanged() {
        if (look().equals(seen)) {
            return false;
        }
        reload();
        return true;
    }

    private void read() {
        seen = look();
        try {
            List<RuleGroup> read = new RuleFiles(reading).read(paths.find());
            // An unchanged set stays the same set, so that nobody begins anew with it.
            if (inForce == null || !read.equals(groups)) {
                groups = read;
                inForce = RuleSet.of(read, evaluating);
            }
            status = new Status(clock.instant(), "");
        } catch (IOException e) {
            throw new UncheckedIOException("rule files: cannot be listed: " + e.getMessage(), e);
        }
    }

    /** Names, times and lengths of the files. */
    private String look() {
        StringBuilder look = new StringBuilder();
        try {
            for (Path file : paths.find()) {
                look.append(file)
                        .append(' ')
                        .append(Files.getLastModifiedTime(file))
                        .append(' ')
                        .append(Files.size(file))
                        .append('\n');
            }
        } catch (IOException e) {
            look.append(e);
        }
        return look.toString();
    }
}
