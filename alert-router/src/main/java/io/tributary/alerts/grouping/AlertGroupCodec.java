package io.tributary.alerts.grouping;

import io.tributary.alerts.state.StateBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Groups as bytes, for the state store. */
public final class AlertGroupCodec implements StateBytes.Codec<AlertGroup> {
    @Override
    public void write(AlertGroup group, DataOutputStream out) throws IOException {
        StateBytes.writeTexts(out, group.labels);
        out.writeLong(group.flushAt);
        out.writeBoolean(group.flushed);
        out.writeLong(group.number);
        writeTold(group.told, out);
        writeTold(group.onItsWay, out);
    }

    @Override
    public AlertGroup read(DataInputStream in) throws IOException {
        AlertGroup group = new AlertGroup(StateBytes.readTexts(in), in.readLong());
        group.flushed = in.readBoolean();
        group.number = in.readLong();
        group.told = readTold(in);
        group.onItsWay = readTold(in);
        return group;
    }

    private static void writeTold(Told told, DataOutputStream out) throws IOException {
        out.writeBoolean(told != null);
        if (told != null) {
            StateBytes.writeText(out, told.key());
            out.writeLong(told.at());
            writeSet(told.firing(), out);
            writeSet(told.resolved(), out);
        }
    }

    private static Told readTold(DataInputStream in) throws IOException {
        return in.readBoolean() ? new Told(StateBytes.readText(in), in.readLong(), readSet(in), readSet(in)) : null;
    }

    private static void writeSet(Set<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            StateBytes.writeText(out, text);
        }
    }

    private static Set<String> readSet(DataInputStream in) throws IOException {
        int size = in.readInt();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < size; i++) {
            texts.add(StateBytes.readText(in));
        }
        return texts;
    }
}
