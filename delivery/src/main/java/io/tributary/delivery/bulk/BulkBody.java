package io.tributary.delivery.bulk;

import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/** The body of a bulk request: for each item a line that says what to do and a line with the document. */
final class BulkBody extends ByteArrayOutputStream {
    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();
    private static final byte[] LINE_END = {'\n'};

    BulkBody(List<BulkItem> items) {
        super(items.stream().mapToInt(BulkItem::bytes).sum());
        for (BulkItem item : items) {
            writeBytes(action(item));
            writeBytes(item.source());
            writeBytes(LINE_END);
        }
    }

    /** The buffer that begins with the body's {@link #size()} bytes; spares a copy of megabytes. */
    byte[] buffer() {
        return buf;
    }

    private static byte[] action(BulkItem item) {
        StringBuilder line = new StringBuilder(160);
        line.append(
                item.operation() instanceof Operation.Create
                        ? "{\"create\":{\"_index\":\""
                        : "{\"index\":{\"_index\":\"");
        QUOTE.quoteAsString(item.target(), line);
        line.append("\",\"_id\":\"");
        QUOTE.quoteAsString(item.id(), line);
        line.append('"');
        switch (item.operation()) {
            case Operation.Create _, Operation.Index _ -> {}
            case Operation.IndexIf(long seqNo, long primaryTerm) ->
                line.append(",\"if_seq_no\":")
                        .append(seqNo)
                        .append(",\"if_primary_term\":")
                        .append(primaryTerm);
            case Operation.IndexVersion(long version) ->
                line.append(",\"version_type\":\"external\",\"version\":").append(version);
        }
        return line.append("}}\n").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
