package io.tributary.runtime.stream;

import io.tributary.schemas.avro.LedgerEntry;
import io.tributary.schemas.avro.OutcomeCount;
import io.tributary.schemas.ledger.LedgerRange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An open ledger range as bytes, small because it is stored at every commit: from, to, gaps, then tenant, outcome and
 * count of each count.
 */
final class RangeCodec {
    private RangeCodec() {}

    static byte[] encode(LedgerEntry entry) {
        List<byte[]> names = new ArrayList<>(2 * entry.getCounts().size());
        int length = 3 * Long.BYTES;
        for (OutcomeCount count : entry.getCounts()) {
            byte[] tenant = count.getTenant().getBytes(StandardCharsets.UTF_8);
            byte[] outcome = count.getOutcome().getBytes(StandardCharsets.UTF_8);
            names.add(tenant);
            names.add(outcome);
            length += 2 * Short.BYTES + tenant.length + outcome.length + Long.BYTES;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length)
                .putLong(entry.getFrom())
                .putLong(entry.getTo())
                .putLong(entry.getGaps());
        for (int i = 0; i < names.size(); i += 2) {
            put(buffer, names.get(i));
            put(buffer, names.get(i + 1));
            buffer.putLong(entry.getCounts().get(i / 2).getCount());
        }
        return buffer.array();
    }

    static LedgerRange decode(LedgerRange.Source source, byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        LedgerEntry entry = new LedgerEntry();
        entry.setFrom(buffer.getLong());
        entry.setTo(buffer.getLong());
        entry.setGaps(buffer.getLong());
        List<OutcomeCount> counts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            counts.add(new OutcomeCount(text(buffer), text(buffer), buffer.getLong()));
        }
        entry.setCounts(counts);
        return LedgerRange.resume(source, entry);
    }

    private static void put(ByteBuffer buffer, byte[] name) {
        buffer.putShort((short) name.length).put(name);
    }

    private static String text(ByteBuffer buffer) {
        byte[] bytes = new byte[Short.toUnsignedInt(buffer.getShort())];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
