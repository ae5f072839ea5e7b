package io.tributary.delivery.bulk;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The body of a bulk request: for each item a line that says what to do and a line with the document. It is put
 * together in small parts while it is sent, so that megabytes of it are never in memory beside the items.
 */
final class BulkBody implements Iterable<byte[]> {
    /** What the HTTP client writes at once. */
    private static final int PART_BYTES = 16 << 10;

    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();
    private static final byte[] LINE_END = {'\n'};

    private final List<BulkItem> items;
    private final List<byte[]> actions;
    private final int size;

    BulkBody(List<BulkItem> items) {
        this.items = items;
        this.actions = items.stream().map(BulkBody::action).toList();
        int bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            bytes += actions.get(i).length + items.get(i).source().length + LINE_END.length;
        }
        this.size = bytes;
    }

    /** The length of the whole, in bytes. */
    int size() {
        return size;
    }

    /** The body's parts, from its beginning. */
    @Override
    public Iterator<byte[]> iterator() {
        return new Parts();
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
        return line.append("}}\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private final class Parts implements Iterator<byte[]> {
        private int left = size;
        private int item;
        private int pieceOfItem;
        private int taken;

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] part = new byte[Math.min(PART_BYTES, left)];
            for (int filled = 0; filled < part.length; ) {
                byte[] piece = piece();
                int some = Math.min(part.length - filled, piece.length - taken);
                System.arraycopy(piece, taken, part, filled, some);
                filled += some;
                taken += some;
                if (taken == piece.length) {
                    nextPiece();
                }
            }
            left -= part.length;
            return part;
        }

        private byte[] piece() {
            return switch (pieceOfItem) {
                case 0 -> actions.get(item);
                case 1 -> items.get(item).source();
                default -> LINE_END;
            };
        }

        private void nextPiece() {
            taken = 0;
            pieceOfItem = (pieceOfItem + 1) % 3;
            if (pieceOfItem == 0) {
                item++;
            }
        }
    }
}
