package io.tributary.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MetricPoint;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.sample.Payloads;
import io.tributary.schemas.sample.RandomAvro;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadDecoderTest {
    private static final int SEED = 20_260_104;
    private static final int RECORDS = 1_000;

    private final Random random = new Random(SEED);
    private final RandomAvro avro = new RandomAvro(random);

    static List<Schema> schemas() {
        Schema everyType = SchemaBuilder.record("EveryType")
                .fields()
                .requiredBoolean("boolean")
                .requiredInt("int")
                .requiredLong("long")
                .requiredFloat("float")
                .requiredDouble("double")
                .requiredString("string")
                .requiredBytes("bytes")
                .name("fixed")
                .type()
                .fixed("Three")
                .size(3)
                .noDefault()
                .name("enum")
                .type()
                .enumeration("Either")
                .symbols("ONE", "OTHER")
                .noDefault()
                .optionalString("optional")
                .name("floats")
                .type()
                .array()
                .items()
                .floatType()
                .noDefault()
                .name("ints")
                .type()
                .map()
                .values()
                .intType()
                .noDefault()
                .requiredString("last")
                .endRecord();
        return List.of(everyType, LogRecord.getClassSchema(), Span.getClassSchema(), MetricPoint.getClassSchema());
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatIsReadIsWhatAvroReads(Schema schema) throws IOException {
        demandSame(schema, schema);
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatIsSkippedIsPassedOver(Schema schema) throws IOException {
        Schema.Field last = schema.getFields().getLast();
        Schema.Field only = new Schema.Field(last, last.schema());
        demandSame(schema, Schema.createRecord(schema.getName(), null, schema.getNamespace(), false, List.of(only)));
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void whatIsDamagedIsReadAsAvroReadsItOrNotAtAll(Schema schema) throws IOException {
        Payloads payloads = new Payloads(WireFormat.header(1), random);
        GenericDatumReader<Object> records = new GenericDatumReader<>(schema);
        int refused = 0;
        for (int i = 0; i < RECORDS; i++) {
            byte[] damaged = payloads.damaged(payloads.of(avro.next(schema)));
            Object read;
            try {
                read = records.read(null, new PayloadDecoder(damaged));
            } catch (EOFException e) {
                // Avro is not asked: it would make room for what does not come.
                refused++;
                continue;
            } catch (IOException | RuntimeException e) {
                assertThatException()
                        .as("damaged record %d", i)
                        .isThrownBy(() -> records.read(null, avroDecoder(damaged)));
                refused++;
                continue;
            }
            assertThat(read).as("damaged record %d", i).isEqualTo(records.read(null, avroDecoder(damaged)));
        }
        assertThat(refused).isBetween(RECORDS / 10, RECORDS - RECORDS / 10);
    }

    @Test
    void aTextIsReadIntoTheOneBefore() throws IOException {
        PayloadDecoder in = payload(out -> {
            out.writeString("longer");
            out.writeString("text");
            out.writeString("the longest");
        });
        Utf8 text = in.readString(null);
        assertThat((CharSequence) text).hasToString("longer");
        assertThat((CharSequence) in.readString(text)).isSameAs(text).hasToString("text");
        assertThat((CharSequence) in.readString(text)).isSameAs(text).hasToString("the longest");
        assertThat(in.isEnd()).isTrue();
    }

    interface Reading {
        void of(PayloadDecoder in) throws IOException;
    }

    static List<Reading> lengths() {
        return List.of(
                in -> in.readString(),
                in -> in.readString(null),
                in -> in.readBytes(null),
                in -> in.skipString(),
                in -> in.skipBytes());
    }

    @ParameterizedTest
    @MethodSource("lengths")
    void aLengthBelowNothingOrAboveWhatIsLeftIsRefused(Reading reading) throws IOException {
        for (long length : List.of(-1L, 5L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE)) {
            PayloadDecoder in = payload(out -> {
                out.writeLong(length);
                out.writeFixed(new byte[4]);
            });
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> reading.of(in))
                    .withMessage("length: %d (expected: 0 to 4)", length);
        }
    }

    static List<Reading> items() {
        return List.of(
                in -> in.readArrayStart(),
                in -> in.arrayNext(),
                in -> in.skipArray(),
                in -> in.readMapStart(),
                in -> in.mapNext(),
                in -> in.skipMap());
    }

    @ParameterizedTest
    @MethodSource("items")
    void moreItemsThanBytesThatAreLeftAreRefused(Reading reading) throws IOException {
        for (long items : List.of(5L, 1L << 40, Long.MAX_VALUE)) {
            PayloadDecoder in = payload(out -> {
                out.writeLong(items);
                out.writeFixed(new byte[4]);
            });
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() -> reading.of(in))
                    .withMessage("items: %d (expected: 0 to 4)", items);
        }
    }

    /** The number below 0 for which there is none above. */
    @ParameterizedTest
    @MethodSource("items")
    void aBlockOfFewerItemsThanNoneIsRefused(Reading reading) throws IOException {
        PayloadDecoder in = payload(out -> {
            out.writeLong(Long.MIN_VALUE);
            out.writeLong(0);
        });
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> reading.of(in));
    }

    @Test
    void aBlockIsSkippedItemByItemWhateverItSaysOfItsBytes() throws IOException {
        PayloadDecoder in = payload(out -> {
            out.writeLong(-2);
            out.writeLong(1_000);
            out.writeString("one");
            out.writeString("two");
            out.writeLong(0);
        });
        assertThat(in.skipArray()).isEqualTo(2);
        in.skipString();
        in.skipString();
        assertThat(in.skipArray()).isZero();
        assertThat(in.isEnd()).isTrue();
    }

    @Test
    void aNumberOfTooManyBitsIsRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) -1);
        assertThatExceptionOfType(InvalidNumberEncodingException.class)
                .isThrownBy(() -> new PayloadDecoder(endless).readInt());
        assertThatExceptionOfType(InvalidNumberEncodingException.class)
                .isThrownBy(() -> new PayloadDecoder(endless).readLong());
    }

    static List<Reading> values() {
        return List.of(
                in -> in.readBoolean(),
                in -> in.readInt(),
                in -> in.readLong(),
                in -> in.readFloat(),
                in -> in.readDouble(),
                in -> in.readFixed(new byte[1]),
                in -> in.skipFixed(1),
                in -> in.readEnum(),
                in -> in.readIndex());
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatIsNotThereIsRefused(Reading reading) {
        PayloadDecoder in = new PayloadDecoder(new byte[WireFormat.HEADER_BYTES]);
        assertThat(in.isEnd()).isTrue();
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> reading.of(in));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4})
    void aPayloadWithoutAHeaderHasNothing(int length) {
        assertThat(new PayloadDecoder(new byte[length]).isEnd()).isTrue();
    }

    private void demandSame(Schema writer, Schema reader) throws IOException {
        GenericDatumReader<Object> records = new GenericDatumReader<>(writer, reader);
        for (int i = 0; i < RECORDS; i++) {
            byte[] record = avro.next(writer);
            BinaryDecoder expected = DecoderFactory.get().binaryDecoder(record, null);
            PayloadDecoder in = payload(out -> out.writeFixed(record));
            assertThat(records.read(null, in)).as("record %d", i).isEqualTo(records.read(null, expected));
            assertThat(in.isEnd()).as("end of record %d", i).isTrue();
        }
    }

    private static BinaryDecoder avroDecoder(byte[] payload) {
        int length = payload.length - WireFormat.HEADER_BYTES;
        return DecoderFactory.get().binaryDecoder(payload, WireFormat.HEADER_BYTES, length, null);
    }

    private interface Writing {
        void to(BinaryEncoder out) throws IOException;
    }

    private static PayloadDecoder payload(Writing writing) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(WireFormat.header(1));
        BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(payload, null);
        writing.to(out);
        out.flush();
        return new PayloadDecoder(payload.toByteArray());
    }
}
