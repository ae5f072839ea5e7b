package io.tributary.schemas.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro as it may be and seldom is: odd texts, names that occur twice, maps and lists in many blocks. */
public final class RandomAvro {
    private static final List<byte[]> TEXTS = List.of(
            bytes(""),
            bytes("service.name"),
            bytes("plain text that is longer than eight bytes"),
            bytes("Grüße, 世界, 🌍"),
            new byte[] {'x', (byte) 0xC3, 'y', (byte) 0xED, (byte) 0xA0, (byte) 0x80, (byte) 0xFF});
    private static final int DEEP = 8;

    private final RandomGenerator random;

    /** Whose values are as random as this. */
    public RandomAvro(RandomGenerator random) {
        this.random = random;
    }

    /** A value of this schema, in binary. */
    public byte[] next(Schema schema) throws IOException {
        return binary(avro -> write(schema, avro, 0));
    }

    private interface Writing {
        void to(BinaryEncoder avro) throws IOException;
    }

    private static byte[] binary(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writing.to(avro);
        avro.flush();
        return bytes.toByteArray();
    }

    private void write(Schema schema, BinaryEncoder avro, int depth) throws IOException {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    write(field.schema(), avro, depth + 1);
                }
            }
            case UNION -> {
                // Records of a union are values within values.
                int branches = schema.getTypes().size();
                int branch = random.nextInt(depth < DEEP ? branches : Math.min(branches, 6));
                avro.writeIndex(branch);
                write(schema.getTypes().get(branch), avro, depth + 1);
            }
            case ARRAY -> blocks(avro, item -> write(schema.getElementType(), item, depth + 1));
            case MAP ->
                blocks(avro, item -> {
                    text(item);
                    write(schema.getValueType(), item, depth + 1);
                });
            case ENUM -> avro.writeEnum(random.nextInt(schema.getEnumSymbols().size()));
            case FIXED -> {
                byte[] fixed = new byte[schema.getFixedSize()];
                random.nextBytes(fixed);
                avro.writeFixed(fixed);
            }
            case STRING, BYTES -> text(avro);
            case INT -> avro.writeInt(random.nextInt());
            case LONG -> avro.writeLong(random.nextLong() >> random.nextInt(Long.SIZE));
            case FLOAT -> avro.writeFloat(random.nextFloat());
            case DOUBLE -> avro.writeDouble(random.nextDouble());
            case BOOLEAN -> avro.writeBoolean(random.nextBoolean());
            case NULL -> {}
        }
    }

    private void text(BinaryEncoder avro) throws IOException {
        avro.writeBytes(TEXTS.get(random.nextInt(TEXTS.size())));
    }

    private void blocks(BinaryEncoder avro, Writing item) throws IOException {
        while (random.nextInt(5) < 2) {
            int items = 1 + random.nextInt(3);
            byte[] block = binary(inner -> {
                for (int i = 0; i < items; i++) {
                    item.to(inner);
                }
            });
            if (random.nextBoolean()) {
                avro.writeLong(items);
            } else {
                avro.writeLong(-items);
                avro.writeLong(block.length);
            }
            avro.writeFixed(block);
        }
        avro.writeLong(0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
