package io.tributary.traces.config;

import io.tributary.schemas.failure.Problems;
import io.tributary.traces.assembly.ClosingRule;
import io.tributary.traces.assembly.PartLimits;
import io.tributary.traces.edge.EdgeWindows;
import io.tributary.traces.stream.TraceSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How traces are assembled.
 *
 * @param closing when a trace closes, and how long it is remembered
 * @param limits how large things get
 * @param edges the windows of service edges
 * @param clockCap how far the corrected times, the second view of a trace, move a span at most: a clock that is further
 *     off is not a matter of drift, and an operation that goes on for so long after its cause none of clocks; 0 for no
 *     such view
 * @param memory how much of the traces all partitions of the process together hold in memory; at least 1 MB, and as
 *     much as a quarter of the heap if it is not given, though most of it is outside the heap. Others are read from the
 *     stores when a span of theirs comes
 */
@ConfigurationProperties(prefix = "tributary.traces", ignoreUnknownFields = false)
public record TraceProperties(
        @DefaultValue Closing closing,
        @DefaultValue Limits limits,
        @DefaultValue Edges edges,
        @DefaultValue("1m") Duration clockCap,
        DataSize memory) {

    private static final int PART_OF_HEAP = 4;

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public TraceProperties {
        if (memory == null) {
            memory = DataSize.ofBytes(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
        }
        new Problems("tributary.traces.")
                .in("closing.", closing::rule)
                .in("limits.", limits::limits)
                .in("edges.", edges::windows)
                .expect(!clockCap.isNegative(), "clock-cap", clockCap, "at least 0")
                .expect(memory.toBytes() >= 1 << 20, "memory", memory, "at least 1 MB")
                .refuse();
    }

    /** The settings that these properties give. */
    public TraceSettings settings() {
        return new TraceSettings(closing.rule(), limits.limits(), edges.windows(), clockCap, memory.toBytes());
    }

    /**
     * When a trace closes. All but {@code partitionIdle} is measured by the timestamps of the partition's records.
     *
     * @param quiet a complete trace, or late spans of one that was closed already, are emitted when no span came for so
     *     long
     * @param idle an incomplete trace is emitted when no span came for so long; at least quiet
     * @param openLimit spans are emitted at the latest so long after the first of them came; at least idle
     * @param lateSpans for so long after its newest span a closed trace's spans are known one by one; at least idle
     * @param marker for so long after its newest span a closed trace is known by its summary; at least lateSpans
     * @param partitionIdle when stream time stood still for so long, it is taken to go on with the wall clock
     */
    public record Closing(
            @DefaultValue("2s") Duration quiet,
            @DefaultValue("30s") Duration idle,
            @DefaultValue("5m") Duration openLimit,
            @DefaultValue("10m") Duration lateSpans,
            @DefaultValue("24h") Duration marker,
            @DefaultValue("3s") Duration partitionIdle) {
        ClosingRule rule() {
            return new ClosingRule(quiet, idle, openLimit, lateSpans, marker, partitionIdle);
        }
    }

    /**
     * How large things get.
     *
     * @param partBytes the size of the spans in one part of a revision; a larger span goes alone
     * @param partSpans how many spans one part holds
     * @param pendingBytes when spans of this size wait in one trace, they are emitted at once; at least partBytes
     * @param pendingSpans when so many spans wait in one trace, they are emitted at once
     * @param knownSpans when so many spans of one closed trace are known one by one, they are given up for a summary at
     *     once; at least pendingSpans
     */
    public record Limits(
            @DefaultValue("1MB") DataSize partBytes,
            @DefaultValue("5000") int partSpans,
            @DefaultValue("32MB") DataSize pendingBytes,
            @DefaultValue("20000") int pendingSpans,
            @DefaultValue("50000") int knownSpans) {
        PartLimits limits() {
            int most = (int) Math.min(partBytes.toBytes(), Integer.MAX_VALUE);
            return new PartLimits(most, partSpans, pendingBytes.toBytes(), pendingSpans, knownSpans);
        }
    }

    /**
     * The windows of service edges.
     *
     * @param window the length of a window; at least 1 s
     * @param grace how far the arrival of a trace's last span may be after the end or before the start of a call's
     *     window
     * @param retention how long a window's sums are kept after its end; at least grace and window, and more than the
     *     retention of the spans topic plus the grace if partitions may catch up at different speeds
     * @param emitEvery how often windows that changed are emitted
     */
    public record Edges(
            @DefaultValue("1m") Duration window,
            @DefaultValue("1h") Duration grace,
            @DefaultValue("26h") Duration retention,
            @DefaultValue("2s") Duration emitEvery) {
        EdgeWindows windows() {
            return new EdgeWindows(window, grace, retention, emitEvery);
        }
    }
}
