package io.tributary.logindexer.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Log records in Avro as it may be and seldom is: odd texts, names that occur twice, maps and lists in many blocks. */
final class RandomRecords {
    private static final List<String> NAMES = List.of(
            "a", "a.b", "a.b.c", "b", "http.route", "", " ", "_", " x", "n\0l", "quo\"te", "é", "data_stream.dataset");
    private static final List<byte[]> TEXTS = List.of(
            bytes(""),
            bytes("plain text that is longer than eight bytes"),
            bytes("a \"quoted\" one \\ with \n\t\u0001 control"),
            bytes("Grüße, 世界, 🌍\u2028"),
            bytes("del\u007f nul\0"),
            new byte[] {'x', (byte) 0xC3, 'y', (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF},
            bytes("My-App/1"));

    private final RandomGenerator random;

    RandomRecords(RandomGenerator random) {
        this.random = random;
    }

    /** A record in Avro binary, without the header of the wire format. */
    byte[] next() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(record, null);
        avro.writeString(random.nextBoolean() ? "default" : "team." + random.nextInt(3));
        avro.writeLong(time());
        avro.writeLong(time());
        avro.writeInt(random.nextInt(25));
        text(avro);
        value(avro, 0);
        map(avro, 0);
        avro.writeLong(random.nextInt(2));
        id(avro, 16);
        id(avro, 8);
        avro.writeInt(random.nextInt());
        text(avro);
        boolean known = random.nextBoolean();
        RandomRecords source = known ? new RandomRecords(new Random(random.nextInt(3))) : this;
        source.resourceAndScope(avro);
        avro.flush();
        return record.toByteArray();
    }

    private void resourceAndScope(BinaryEncoder avro) throws IOException {
        map(avro, 0);
        avro.writeLong(random.nextInt(2));
        text(avro);
        text(avro);
        text(avro);
        map(avro, 0);
        avro.writeLong(random.nextLong());
        text(avro);
    }

    private long time() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> random.nextLong();
            case 2 -> 1_767_323_045L * 1_000_000_000;
            case 3 -> 1_767_323_045_006L * 1_000_000;
            case 4 -> 1_767_323_045_006_007L * 1_000;
            default -> 1_767_323_045_006_007_008L + random.nextInt();
        };
    }

    private void id(BinaryEncoder avro, int length) throws IOException {
        if (random.nextBoolean()) {
            byte[] id = new byte[length];
            random.nextBytes(id);
            avro.writeIndex(1);
            avro.writeFixed(id);
        } else {
            avro.writeIndex(0);
        }
    }

    private void text(BinaryEncoder avro) throws IOException {
        byte[] text = TEXTS.get(random.nextInt(TEXTS.size()));
        avro.writeBytes(text);
    }

    private void value(BinaryEncoder avro, int depth) throws IOException {
        int branch = random.nextInt(depth < 3 ? 8 : 6);
        avro.writeIndex(branch);
        switch (branch) {
            case 1 -> text(avro);
            case 2 -> avro.writeBoolean(random.nextBoolean());
            case 3 ->
                avro.writeLong(List.of(0L, -1L, 10L, 99L, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong())
                        .get(random.nextInt(7)));
            case 4 ->
                avro.writeDouble(List.of(0.0, -0.0, 1.5, 1e300, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY)
                        .get(random.nextInt(7)));
            case 5 -> text(avro);
            case 6 -> blocks(avro, item -> value(item, random.nextInt(3) == 0 ? depth + 1 : 3));
            case 7 -> map(avro, depth + 1);
            default -> {}
        }
    }

    private void map(BinaryEncoder avro, int depth) throws IOException {
        boolean plain = random.nextBoolean();
        blocks(avro, item -> {
            item.writeString(plain ? "name." + random.nextInt(1000) : NAMES.get(random.nextInt(NAMES.size())));
            value(item, plain ? 3 : depth);
        });
    }

    private interface Item {
        void write(BinaryEncoder avro) throws IOException;
    }

    private void blocks(BinaryEncoder avro, Item item) throws IOException {
        int most = random.nextInt(50) == 0 ? 100 : 6;
        while (random.nextBoolean()) {
            int items = 1 + random.nextInt(most);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            BinaryEncoder inner = EncoderFactory.get().directBinaryEncoder(block, null);
            for (int i = 0; i < items; i++) {
                item.write(inner);
            }
            inner.flush();
            if (random.nextBoolean()) {
                avro.writeLong(items);
            } else {
                avro.writeLong(-items);
                avro.writeLong(block.size());
            }
            avro.writeFixed(block.toByteArray());
        }
        avro.writeLong(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
