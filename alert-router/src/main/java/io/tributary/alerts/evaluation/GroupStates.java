package io.tributary.alerts.evaluation;

import io.tributary.alerts.state.StateBytes;
import io.tributary.promql.label.Labels;
import io.tributary.promql.rule.state.GroupState;
import io.tributary.promql.rule.state.RuleState;
import io.tributary.promql.rule.state.StateCodec;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Keeps the states of groups: what changes with each evaluation, its time, apart from what rarely does, and the latter
 * in pieces, since Kafka takes no record that is as large as a state may be.
 */
final class GroupStates {
    /** Well below what a topic takes by default. */
    private static final int PIECE_BYTES = 512 << 10;

    private static final String SEPARATOR = "\0";

    private final StateLog log;

    GroupStates(StateLog log) {
        this.log = log;
    }

    /**
     * What a group is when it is read back.
     *
     * @param held alerts that fire on for want of data, by their labels
     * @param lineage which alerts come from earlier expressions
     */
    record Saved(GroupState state, Map<Labels, Held> held, Lineage lineage) {
        static final Saved NOTHING = new Saved(GroupState.EMPTY, Map.of(), Lineage.UNKNOWN);

        /** What of it concerns such alerts and series. */
        Saved only(Predicate<Labels> which) {
            List<RuleState> rules = state.rules().stream()
                    .map(rule -> new RuleState(
                            rule.key(),
                            rule.alerts().stream()
                                    .filter(alert -> which.test(alert.labels()))
                                    .toList(),
                            rule.series().stream().filter(which).toList()))
                    .toList();
            List<Labels> orphans = state.orphans().stream().filter(which).toList();
            Map<Labels, Held> some = new TreeMap<>(held);
            some.keySet().removeIf(which.negate());
            return new Saved(new GroupState(state.evaluatedAt(), rules, orphans), some, lineage.only(which));
        }
    }

    /** The key of a group of a tenant. */
    static String key(String tenant, String group) {
        return "group" + SEPARATOR + tenant + SEPARATOR + group;
    }

    /** The tenant in a key that has no piece or time with it. */
    static String tenant(String key) {
        return key.split(SEPARATOR, -1)[1];
    }

    /** The group's own key in a key. */
    static String group(String key) {
        return key.split(SEPARATOR, -1)[2];
    }

    /** Whether the key is that of the time of a group's evaluation, of which there is one for each group. */
    static boolean isTime(String key) {
        return key.startsWith("group" + SEPARATOR) && key.split(SEPARATOR, -1).length == 3;
    }

    Saved load(String key) {
        byte[] time = log.get(key);
        if (time == null) {
            return Saved.NOTHING;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = log.get(piece(key, 0));
        for (int i = 1; piece != null; i++) {
            all.writeBytes(piece);
            piece = log.get(piece(key, i));
        }
        ByteBuffer in = ByteBuffer.wrap(all.toByteArray());
        byte[] state = new byte[in.getInt()];
        in.get(state);
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        GroupState saved = StateCodec.decode(state);
        Saved other = StateBytes.decode(rest, REST);
        return new Saved(
                new GroupState(ByteBuffer.wrap(time).getLong(), saved.rules(), saved.orphans()),
                other.held(),
                other.lineage());
    }

    void saveTime(String key, long evaluatedAt) {
        log.put(key, ByteBuffer.allocate(Long.BYTES).putLong(evaluatedAt).array());
    }

    void saveState(String key, Saved saved) {
        byte[] encoded = StateCodec.encode(saved.state());
        byte[] rest = StateBytes.encode(saved, REST);
        byte[] all = ByteBuffer.allocate(Integer.BYTES + encoded.length + rest.length)
                .putInt(encoded.length)
                .put(encoded)
                .put(rest)
                .array();
        int pieces = 0;
        for (int from = 0; from < all.length; from += PIECE_BYTES) {
            log.put(piece(key, pieces++), Arrays.copyOfRange(all, from, Math.min(all.length, from + PIECE_BYTES)));
        }
        removeFrom(key, pieces);
    }

    void remove(String key) {
        log.put(key, null);
        removeFrom(key, 0);
    }

    private void removeFrom(String key, int first) {
        for (int i = first; log.get(piece(key, i)) != null; i++) {
            log.put(piece(key, i), null);
        }
    }

    private static String piece(String key, int number) {
        return key + SEPARATOR + number;
    }

    /** What is saved beside the state. */
    private static final StateBytes.Codec<Saved> REST = new StateBytes.Codec<>() {
        @Override
        public void write(Saved saved, DataOutputStream out) throws IOException {
            Held.CODEC.write(saved.held(), out);
            Lineage.CODEC.write(saved.lineage(), out);
        }

        @Override
        public Saved read(DataInputStream in) throws IOException {
            Map<Labels, Held> held = Held.CODEC.read(in);
            // It was not always saved.
            Lineage lineage = in.available() == 0 ? Lineage.UNKNOWN : Lineage.CODEC.read(in);
            return new Saved(GroupState.EMPTY, held, lineage);
        }
    };
}
