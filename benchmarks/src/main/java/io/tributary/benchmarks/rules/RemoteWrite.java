package io.tributary.benchmarks.rules;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.tributary.promql.label.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.xerial.snappy.Snappy;

/** Samples as remote-write requests. Prometheus: "Remote Write 1.0", "Protobuf". */
final class RemoteWrite {
    /** Series in one request. */
    static final int BATCH = 10_000;

    private static final int TIME_SERIES = 1;
    private static final int LABEL = 1;
    private static final int SAMPLE = 2;

    /** The labels of each series, encoded. */
    private final byte[][] labels;

    RemoteWrite(RuleLoad load) throws IOException {
        labels = new byte[load.series()][];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = encode(RuleLoad.identity(i));
        }
    }

    /** One sample of each of {@link #BATCH} series, from one on, compressed. */
    byte[] request(int first, long time) throws IOException {
        var bytes = new ByteArrayOutputStream(BATCH * 96);
        var out = CodedOutputStream.newInstance(bytes);
        for (int i = first; i < first + BATCH; i++) {
            int sample = CodedOutputStream.computeDoubleSize(1, 0) + CodedOutputStream.computeInt64Size(2, time);
            out.writeTag(TIME_SERIES, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(labels[i].length + 1 + CodedOutputStream.computeUInt32SizeNoTag(sample) + sample);
            out.writeRawBytes(labels[i]);
            out.writeTag(SAMPLE, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(sample);
            out.writeDouble(1, RuleLoad.value(i, time));
            out.writeInt64(2, time);
        }
        out.flush();
        return Snappy.compress(bytes.toByteArray());
    }

    private static byte[] encode(Labels series) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = CodedOutputStream.newInstance(bytes);
        for (int i = 0; i < series.size(); i++) {
            out.writeTag(LABEL, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(CodedOutputStream.computeStringSize(1, series.name(i))
                    + CodedOutputStream.computeStringSize(2, series.value(i)));
            out.writeString(1, series.name(i));
            out.writeString(2, series.value(i));
        }
        out.flush();
        return bytes.toByteArray();
    }
}
