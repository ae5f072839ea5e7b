package io.tributary.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.tributary.schemas.avro.ArrayValue;
import io.tributary.schemas.avro.LogRecord;
import io.tributary.schemas.avro.MapValue;
import io.tributary.schemas.avro.Resource;
import io.tributary.schemas.avro.Span;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSerdeTest {
    private final SchemaRegistry registry = new SchemaRegistry("mock://avro-serde");
    private final AvroSerde<LogRecord> logs = new AvroSerde<>(registry, "logs-value", LogRecord.class);

    @Test
    void whatIsEncodedIsDecoded() {
        IntStream.range(0, 50)
                .mapToObj(SampleData::log)
                .forEach(log -> assertThat(logs.decode(logs.encode(log))).isEqualTo(log));
    }

    @Test
    void nullStaysNull() {
        assertThat(logs.encode(null)).isNull();
        assertThat(logs.decode(null)).isNull();
    }

    @Test
    void payloadBeginsWithMagicByteAndSchemaId() {
        byte[] payload = logs.encode(SampleData.log(1));
        assertThat(payload[0]).isZero();
        assertThat(ByteBuffer.wrap(payload, 1, 4).getInt()).isEqualTo(registry.register("logs-value", logs.schema()));
    }

    @Test
    void anUnknownSchemaIdIsRejected() {
        byte[] payload = logs.encode(SampleData.log(1));
        ByteBuffer.wrap(payload).putInt(1, 4711);
        assertRejected(payload, Reason.UNKNOWN_SCHEMA);
    }

    @Test
    void anotherRecordsSchemaIsRejected() {
        AvroSerde<Span> spans = new AvroSerde<>(registry, "spans-value", Span.class);
        assertRejected(spans.encode(SampleData.span(1, 1, -1, "cart", 0, 1)), Reason.INCOMPATIBLE_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "{\"body\": \"json\"}", "plain text that is no Avro at all"})
    void textIsRejected(String text) {
        assertRejected(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), Reason.NOT_AVRO);
    }

    @Test
    void aTruncatedRecordIsRejectedWhereverItEnds() {
        byte[] payload = logs.encode(SampleData.log(3));
        IntStream.range(0, payload.length)
                .forEach(length -> assertRejected(Arrays.copyOf(payload, length), Reason.NOT_AVRO));
    }

    @Test
    void bytesAfterTheRecordAreRejected() {
        byte[] payload = logs.encode(SampleData.log(3));
        assertRejected(Arrays.copyOf(payload, payload.length + 1), Reason.NOT_AVRO);
    }

    @Test
    void randomBytesBehindAValidHeaderAreDecodedOrRejectedButNothingElse() {
        Random random = new Random(42);
        byte[] header = WireFormat.header(registry.register("logs-value", logs.schema()));
        for (int i = 0; i < 20_000; i++) {
            byte[] payload = new byte[5 + random.nextInt(200)];
            random.nextBytes(payload);
            System.arraycopy(header, 0, payload, 0, header.length);
            try {
                logs.decode(payload);
            } catch (RejectedException e) {
                assertThat(e.reason()).isEqualTo(Reason.NOT_AVRO);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50_000_000, 500_000_000})
    void aTextThatDoesNotComeTakesNoMemory(int length) throws IOException {
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        forged.writeBytes(WireFormat.header(registry.register("logs-value", logs.schema())));
        EncoderFactory.get().directBinaryEncoder(forged, null).writeLong(length);
        assertRejectedWithoutMuchMemory(forged.toByteArray());
    }

    /** Each of the lists could have as many items by the bytes that follow, and all of them together could not. */
    @Test
    void itemsThatDoNotComeTakeNoMemory() throws IOException {
        int items = 1_000_000;
        int lists = 10;
        int list = 6;
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        forged.writeBytes(WireFormat.header(registry.register("logs-value", logs.schema())));
        BinaryEncoder avro = EncoderFactory.get().directBinaryEncoder(forged, null);
        avro.writeString("tenant");
        avro.writeLong(0);
        avro.writeLong(0);
        avro.writeInt(0);
        avro.writeString("severity");
        for (int i = 0; i < lists; i++) {
            avro.writeIndex(list);
            avro.writeLong(items);
        }
        avro.writeIndex(99);
        forged.writeBytes(new byte[items]);
        assertRejectedWithoutMuchMemory(forged.toByteArray());
    }

    @Test
    void listsAndMapsAreDecodedHoweverLargeTheyAre() {
        LogRecord log = SampleData.log(1);
        log.setBody(new ArrayValue(
                IntStream.range(0, 1000).<Object>mapToObj(i -> (long) i).toList()));
        log.setAttributes(IntStream.range(0, 1000).boxed().collect(Collectors.toMap(i -> "a" + i, i -> "v" + i)));
        assertThat(logs.decode(logs.encode(log))).isEqualTo(log);
    }

    @Test
    void bottomlessNestingIsRejected() {
        LogRecord deep = SampleData.log(1);
        Object body = "bottom";
        for (int i = 0; i < 200; i++) {
            body = new MapValue(new java.util.HashMap<>(java.util.Map.of("deeper", body)));
        }
        deep.setBody(body);
        assertThat(logs.decode(logs.encode(deep))).isEqualTo(deep);
    }

    @Test
    void aPartThatIsEncodedAlreadyIsWrittenAsItIs() {
        LogRecord log = SampleData.log(1);
        byte[] expected = logs.encode(log);
        log.setResource(new EncodedResource(log.getResource()));
        assertThat(logs.encode(log)).isEqualTo(expected);
    }

    @Test
    void aRecordThatCannotBeEncodedLeavesNothingBehind() {
        byte[] expected = logs.encode(SampleData.log(1));
        LogRecord wrong = SampleData.log(2);
        wrong.setBody(new Object());
        assertThatExceptionOfType(AvroRuntimeException.class).isThrownBy(() -> logs.encode(wrong));
        assertThat(logs.encode(SampleData.log(1))).isEqualTo(expected);
    }

    @Test
    void aPayloadOfAnotherSchemaIsNotCurrent() {
        byte[] payload = logs.encode(SampleData.log(1));
        assertThat(logs.isCurrent(payload)).isTrue();
        ByteBuffer.wrap(payload).putInt(1, 4711);
        assertThat(logs.isCurrent(payload)).isFalse();
        assertThat(logs.isCurrent(new byte[2])).isFalse();
    }

    /** A resource whose fields are not set, so that its bytes are all that can be written. */
    @SuppressWarnings("serial") // never serialized by Java
    private static final class EncodedResource extends Resource implements Encoded {
        private final Resource resource;

        EncodedResource(Resource resource) {
            this.resource = resource;
        }

        @Override
        public void writeTo(Encoder out) throws IOException {
            new SpecificDatumWriter<Resource>(resource.getSchema()).write(resource, out);
        }
    }

    @Test
    void anAbsentRegistryIsRetryable() {
        SchemaRegistry away = new SchemaRegistry("http://127.0.0.1:1");
        AvroSerde<LogRecord> unregistered = new AvroSerde<>(away, "logs-value", LogRecord.class);
        byte[] payload = logs.encode(SampleData.log(1));
        assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> unregistered.decode(payload));
        assertThatExceptionOfType(RetryableException.class).isThrownBy(() -> unregistered.encode(SampleData.log(1)));
    }

    private void assertRejectedWithoutMuchMemory(byte[] payload) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatExceptionOfType(RejectedException.class).isThrownBy(() -> logs.decode(payload));
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
    }

    private void assertRejected(byte[] payload, Reason reason) {
        assertThatExceptionOfType(RejectedException.class)
                .isThrownBy(() -> logs.decode(payload))
                .satisfies(rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }
}
