package io.tributary.alerts.evaluation;

import io.tributary.alerts.state.StateBytes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Elements as bytes, for the state store. */
public final class ElementCodec implements StateBytes.Codec<Element> {
    @Override
    public void write(Element element, DataOutputStream out) throws IOException {
        StateBytes.writeText(out, element.tenant);
        StateBytes.writeTexts(out, element.series);
        StateBytes.writeText(out, element.phase.name());
        StateBytes.writeTexts(out, element.alertLabels);
        out.writeLong(element.sampleAt);
        out.writeDouble(element.value);
        out.writeBoolean(element.stale);
        out.writeLong(element.evaluatedUntil);
        out.writeLong(element.activeAt);
        out.writeLong(element.firedAt);
        out.writeLong(element.endedSince);
        out.writeLong(element.noDataSince);
        out.writeLong(element.sentAt);
    }

    @Override
    public Element read(DataInputStream in) throws IOException {
        Element element = new Element(StateBytes.readText(in), StateBytes.readTexts(in), 0);
        element.phase = Phase.valueOf(StateBytes.readText(in));
        element.alertLabels = StateBytes.readTexts(in);
        element.sampleAt = in.readLong();
        element.value = in.readDouble();
        element.stale = in.readBoolean();
        element.evaluatedUntil = in.readLong();
        element.activeAt = in.readLong();
        element.firedAt = in.readLong();
        element.endedSince = in.readLong();
        element.noDataSince = in.readLong();
        element.sentAt = in.readLong();
        return element;
    }
}
