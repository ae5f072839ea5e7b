package io.tributary.alerts.evaluation;

import io.tributary.alerts.state.StateBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the partitions of the metrics topic have come: up to which time each holds all samples that are on time. An
 * instant can be evaluated once all partitions are past it.
 */
final class Progress {
    private final Map<Integer, Long> completeUntil = new TreeMap<>();
    private long begin = Long.MAX_VALUE;
    private long dataUntil = Long.MIN_VALUE;

    /**
     * Notes how far a partition is, in milliseconds since the epoch; what is less than before does not count.
     *
     * @param idle whether the wall clock says so, since there are no samples
     */
    void advance(int source, long until, boolean idle) {
        completeUntil.merge(source, until, Math::max);
        begin = Math.min(begin, until);
        if (!idle) {
            dataUntil = Math.max(dataUntil, until);
        }
    }

    /** Up to when all of so many partitions are complete; empty while one of them has not been heard of. */
    OptionalLong completeUntil(int sources) {
        return completeUntil.size() < sources
                ? OptionalLong.empty()
                : completeUntil.values().stream().mapToLong(until -> until).min();
    }

    /** How far each partition is. */
    Map<Integer, Long> all() {
        return completeUntil;
    }

    /** The earliest time that was ever heard of. */
    long begin() {
        return begin;
    }

    /** The greatest time that samples led to, whatever the partition; the least number if there were none. */
    long dataUntil() {
        return dataUntil;
    }

    static final StateBytes.Codec<Progress> CODEC = new StateBytes.Codec<>() {
        @Override
        public void write(Progress progress, DataOutputStream out) throws IOException {
            out.writeLong(progress.begin);
            out.writeLong(progress.dataUntil);
            out.writeInt(progress.completeUntil.size());
            for (Map.Entry<Integer, Long> source : progress.completeUntil.entrySet()) {
                out.writeInt(source.getKey());
                out.writeLong(source.getValue());
            }
        }

        @Override
        public Progress read(DataInputStream in) throws IOException {
            Progress progress = new Progress();
            progress.begin = in.readLong();
            progress.dataUntil = in.readLong();
            int sources = in.readInt();
            for (int i = 0; i < sources; i++) {
                progress.completeUntil.put(in.readInt(), in.readLong());
            }
            return progress;
        }
    };
}
