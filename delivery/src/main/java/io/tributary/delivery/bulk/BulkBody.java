package io.tributary.delivery.bulk;

import io.tributary.delivery.arena.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The body of a bulk request: for each item a line that says what to do and a line with the document. It is put
 * together in small parts while it is sent, so that megabytes of it are never in memory beside the items.
 */
final class BulkBody implements Iterable<byte[]> {
    /** What the HTTP client writes at once. */
    private static final int PART_BYTES = 16 << 10;

    private static final JsonStringEncoder QUOTE = JsonStringEncoder.getInstance();
    private static final int ACTION_BYTES = 128;
    private static final Slice LINE_END = Slice.of(new byte[] {'\n'});

    private final List<BulkItem> items;
    // Of each item in turn, one after another.
    private final Slice actions;
    private final int[] actionEnds;
    private final int size;
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger finished = new AtomicInteger();

    BulkBody(List<BulkItem> items) {
        this.items = items;
        this.actionEnds = new int[items.size()];
        ByteArrayOutputStream lines = new ByteArrayOutputStream(items.size() * ACTION_BYTES);
        StringBuilder line = new StringBuilder(ACTION_BYTES);
        int bytes = 0;
        for (int i = 0; i < items.size(); i++) {
            line.setLength(0);
            writeAction(items.get(i), line);
            lines.writeBytes(line.toString().getBytes(StandardCharsets.UTF_8));
            actionEnds[i] = lines.size();
            bytes += items.get(i).source().length() + LINE_END.length();
        }
        this.actions = Slice.of(lines.toByteArray());
        this.size = bytes + actions.length();
    }

    /** The length of the whole, in bytes. */
    int size() {
        return size;
    }

    /** Whether the documents have been read to their end, and nobody reads them any more. */
    boolean isRead() {
        return finished.get() > 0 && finished.get() == begun.get();
    }

    /** The body's parts, from its beginning. */
    @Override
    public Iterator<byte[]> iterator() {
        begun.incrementAndGet();
        return new Parts();
    }

    private static void writeAction(BulkItem item, StringBuilder line) {
        line.append(
                item.operation() instanceof Operation.Create
                        ? "{\"create\":{\"_index\":\""
                        : "{\"index\":{\"_index\":\"");
        QUOTE.quoteAsString(item.target(), line);
        line.append("\",\"_id\":\"");
        QUOTE.quoteAsString(item.id(), line);
        line.append('"');
        switch (item.operation()) {
            case Operation.Create _ -> {}
            case Operation.IndexIf(long seqNo, long primaryTerm) ->
                line.append(",\"if_seq_no\":")
                        .append(seqNo)
                        .append(",\"if_primary_term\":")
                        .append(primaryTerm);
            case Operation.IndexVersion(long version) ->
                line.append(",\"version_type\":\"external\",\"version\":").append(version);
        }
        line.append("}}\n");
    }

    private final class Parts implements Iterator<byte[]> {
        private int left = size;
        private int item;
        private int pieceOfItem;
        private Slice piece = actions;
        private int taken;
        private int end = actionEnds.length == 0 ? 0 : actionEnds[0];

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
                if (taken == end) {
                    nextPiece();
                }
                int some = Math.min(part.length - filled, end - taken);
                piece.copy(taken, part, filled, some);
                filled += some;
                taken += some;
            }
            left -= part.length;
            if (left == 0) {
                finished.incrementAndGet();
            }
            return part;
        }

        private void nextPiece() {
            pieceOfItem = (pieceOfItem + 1) % 3;
            switch (pieceOfItem) {
                case 0 -> {
                    taken = actionEnds[item];
                    item++;
                    piece = actions;
                    end = actionEnds[item];
                }
                case 1 -> begin(items.get(item).source());
                default -> begin(LINE_END);
            }
        }

        private void begin(Slice next) {
            piece = next;
            taken = 0;
            end = next.length();
        }
    }
}
