package io.tributary.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignTextTest {
    private static final UnknownFieldSet NEWER = UnknownFieldSet.newBuilder()
            .addField(
                    4000,
                    UnknownFieldSet.Field.newBuilder()
                            .addVarint(7)
                            .addGroup(UnknownFieldSet.newBuilder()
                                    .addField(
                                            1,
                                            UnknownFieldSet.Field.newBuilder()
                                                    .addFixed64(8)
                                                    .build())
                                    .build())
                            .build())
            .build();

    private static LogRecord log(String text) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(-1)
                .setFlags(257)
                .setBody(AnyValue.newBuilder()
                        .setArrayValue(ArrayValue.newBuilder()
                                .addValues(AnyValue.newBuilder().setStringValue(text + text))
                                .addValues(AnyValue.newBuilder()
                                        .setBytesValue(
                                                com.google.protobuf.ByteString.copyFrom(new byte[] {(byte) 0xE1, 0}))))
                        .build())
                .addAttributes(KeyValue.newBuilder().setKey("key " + text))
                .setUnknownFields(NEWER)
                .build();
    }

    private static byte[] replaced(byte[] message) throws IOException {
        return ForeignText.replaced(CodedInputStream.newInstance(message), LogRecord.getDescriptor(), bytes -> {});
    }

    @Test
    void onlyTextChanges() throws IOException {
        byte[] good = log("größe").toByteArray();
        assertThat(LogRecord.parseFrom(replaced(good))).isEqualTo(log("größe"));

        // The same letters in the same number of bytes, none of which is UTF-8.
        byte[] latin = new String(log("gr#e").toByteArray(), StandardCharsets.ISO_8859_1)
                .replace("gr#e", "gr\u00f6e")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> LogRecord.parseFrom(latin));
        assertThat(LogRecord.parseFrom(replaced(latin))).isEqualTo(log("gr\uFFFDe"));
    }

    @Test
    void whatIsNoMessageStaysNone() {
        byte[] good = log("x").toByteArray();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> replaced(Arrays.copyOf(good, good.length - 1)));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> replaced(new byte[] {(5 << 3) | 4}));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsCutOffIsNoMessageWhereverItIs(boolean gzip) throws IOException {
        byte[] whole = ExportLogsServiceRequest.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(
                                ScopeLogs.newBuilder().addLogRecords(log("one")).addLogRecords(log("two"))))
                .build()
                .toByteArray();
        MessageDecoder decoder = new MessageDecoder(whole.length);

        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            byte[] body = gzip ? gzip(cut) : cut;
            assertThatExceptionOfType(UndecodableException.class)
                    .as("%d of %d bytes", length, whole.length)
                    .isThrownBy(() -> decoder.decode(
                            body, gzip, Encoding.PROTOBUF, ExportLogsServiceRequest.getDefaultInstance(), bytes -> {}));
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void messagesNestNoDeeperThanProtobufAllows() {
        AnyValue value = AnyValue.getDefaultInstance();
        for (int depth = 0; depth < 60; depth++) {
            value = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        byte[] deep = LogRecord.newBuilder().setBody(value).build().toByteArray();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> replaced(deep))
                .withMessageContaining("nested");
    }
}
