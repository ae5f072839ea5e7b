package io.tributary.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.EntityRef;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request may take in memory, beside its bytes. */
class RoomTest {
    private static final int RECORDS = 200_000;
    private static final long SEED = 4;

    private static final class Counted implements Room {
        private final long limit;
        private long taken;

        Counted(long limit) {
            this.limit = limit;
        }

        @Override
        public void take(long bytes) {
            taken += bytes;
            if (taken > limit) {
                throw BodyTooLargeException.decoded(limit);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"PROTOBUF, false", "PROTOBUF, true", "JSON, false", "JSON, true"})
    void smallBodiesOfManyRecordsEndWhereTheirRoomDoes(Encoding encoding, boolean gzip) throws Exception {
        byte[] plain = encoding == Encoding.PROTOBUF
                ? emptyRecords()
                : ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + "{},".repeat(RECORDS - 1) + "{}]}]}]}")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] body = gzip ? gzip(plain) : plain;
        MessageDecoder decoder = new MessageDecoder(plain.length);
        ExportLogsServiceRequest prototype = ExportLogsServiceRequest.getDefaultInstance();

        Counted enough = new Counted(Long.MAX_VALUE);
        ExportLogsServiceRequest request = decoder.decode(body, gzip, encoding, prototype, enough);
        assertThat(request.getResourceLogs(0).getScopeLogs(0).getLogRecordsCount())
                .isEqualTo(RECORDS);
        assertThat(enough.taken).isBetween(80L * RECORDS, 100L * RECORDS);

        Counted little = new Counted(1 << 20);
        assertThatExceptionOfType(BodyTooLargeException.class)
                .isThrownBy(() -> decoder.decode(body, gzip, encoding, prototype, little))
                .withMessageContaining("1048576 bytes in memory");
    }

    /** While it is made, a long text is held several times, and one that is replaced more often. */
    @ParameterizedTest
    @CsvSource({"PROTOBUF, x, 4, 5", "PROTOBUF, \u00e4, 20, 24", "JSON, x, 3, 4"})
    void aLongTextTakesWhatItIsWhileItIsMade(Encoding encoding, char letter, long least, long most) throws Exception {
        int length = 100_000;
        String text = "x".repeat(length);
        String message = encoding == Encoding.JSON
                ? "{\"resourceLogs\":[{\"schemaUrl\":\"" + text + "\"}]}"
                : new String(
                        ExportLogsServiceRequest.newBuilder()
                                .addResourceLogs(ResourceLogs.newBuilder().setSchemaUrl(text))
                                .build()
                                .toByteArray(),
                        StandardCharsets.ISO_8859_1);
        byte[] body = message.replace('x', letter).getBytes(StandardCharsets.ISO_8859_1);
        Counted room = new Counted(Long.MAX_VALUE);

        ExportLogsServiceRequest request = new MessageDecoder(body.length)
                .decode(body, false, encoding, ExportLogsServiceRequest.getDefaultInstance(), room);

        assertThat(request.getResourceLogs(0).getSchemaUrl()).hasSize(length);
        assertThat(room.taken).isBetween(least * length, most * length);
    }

    @Test
    void aLengthThatIsForgedTakesNoRoom() {
        byte[] body = {10, 120, 26, -1, -1, -1, 127, 'x'};
        Counted room = new Counted(Long.MAX_VALUE);

        new PassingMessage(ExportLogsServiceRequest.getDescriptor(), room).pass(body, 0, body.length);

        assertThat(room.taken).isLessThan(200);
    }

    @Test
    void eachMessageIsCountedHoweverItsBytesPass() {
        ExportMetricsServiceRequest request = request();
        byte[] body = request.toByteArray();
        long expected = body.length + beside(request);
        Random random = new Random(SEED);

        for (int most = 1; most <= body.length; most *= 3) {
            Counted room = new Counted(Long.MAX_VALUE);
            PassingMessage passing = new PassingMessage(request.getDescriptorForType(), room);
            for (int at = 0; at < body.length; ) {
                int some = Math.min(1 + random.nextInt(most), body.length - at);
                passing.pass(body, at, some);
                at += some;
            }
            assertThat(room.taken).as("at most %d at once", most).isEqualTo(expected);
        }
    }

    @Test
    void whatIsNoMessageTakesNoMoreThanItsBytes() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            byte[] body = new byte[1 + random.nextInt(200)];
            random.nextBytes(body);
            Counted room = new Counted(Long.MAX_VALUE);
            new PassingMessage(ExportLogsServiceRequest.getDescriptor(), room).pass(body, 0, body.length);
            assertThat(room.taken).isBetween((long) body.length, body.length * (1L + Room.OBJECT_BYTES));
        }
    }

    private static byte[] emptyRecords() {
        ScopeLogs.Builder records = ScopeLogs.newBuilder();
        for (int i = 0; i < RECORDS; i++) {
            records.addLogRecords(LogRecord.getDefaultInstance());
        }
        return ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().addScopeLogs(records))
                .build()
                .toByteArray();
    }

    /** Of everything that takes more in memory than on the wire. */
    private static ExportMetricsServiceRequest request() {
        KeyValue attribute = KeyValue.newBuilder()
                .setKey("key")
                .setValue(AnyValue.newBuilder().setStringValue("value"))
                .build();
        Histogram.Builder histogram = Histogram.newBuilder();
        ExponentialHistogram.Builder exponential = ExponentialHistogram.newBuilder();
        for (int i = 0; i < 50; i++) {
            histogram.addDataPoints(HistogramDataPoint.newBuilder()
                    .addAttributes(attribute)
                    .setTimeUnixNano(-1)
                    .setFlags(i)
                    .addAllBucketCounts(List.of(1L, 2L, 3L))
                    .addAllExplicitBounds(List.of(1.5, 2.5)));
            exponential.addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                    .addAttributes(attribute)
                    .setPositive(Buckets.newBuilder().setOffset(-3).addAllBucketCounts(List.of(1L, 300L, 0L))));
        }
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(Resource.newBuilder()
                                .addEntityRefs(
                                        EntityRef.newBuilder().addIdKeys("host").addIdKeys("")))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder().setHistogram(histogram))
                                .addMetrics(Metric.newBuilder().setExponentialHistogram(exponential))
                                .addMetrics(Metric.getDefaultInstance())))
                .build();
    }

    /** What a message takes beside its bytes, by its fields. */
    private static long beside(Message message) {
        long bytes = 0;
        for (var field : message.getAllFields().entrySet()) {
            FieldDescriptor type = field.getKey();
            Collection<?> values = type.isRepeated() ? (Collection<?>) field.getValue() : List.of(field.getValue());
            for (Object value : values) {
                if (value instanceof Message part) {
                    bytes += Room.OBJECT_BYTES + beside(part);
                } else if (type.isRepeated() && value instanceof String) {
                    bytes += Room.OBJECT_BYTES;
                } else if (type.isRepeated() && type.getType() == FieldDescriptor.Type.UINT64) {
                    bytes += 7L * ((long) value > 127 ? 2 : 1);
                }
            }
        }
        return bytes;
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }
}
