package io.tributary.gateway.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonDecoderTest {
    private static LogRecord log(String json) throws UndecodableException {
        return (LogRecord) decode(json, LogRecord.getDefaultInstance());
    }

    private static HistogramDataPoint point(String json) throws UndecodableException {
        return (HistogramDataPoint) decode(json, HistogramDataPoint.getDefaultInstance());
    }

    private static Message decode(String json, Message prototype) throws UndecodableException {
        return new JsonDecoder()
                .decode(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), prototype, bytes -> {});
    }

    @Test
    void numbersMayBeTextAndTextMayBeNumbersWhereTheyAreNumbers() throws UndecodableException {
        assertThat(log("{\"timeUnixNano\":\"18446744073709551615\"}").getTimeUnixNano())
                .isEqualTo(-1);
        assertThat(log("{\"timeUnixNano\":1.5e3}").getTimeUnixNano()).isEqualTo(1500);
        assertThat(log("{\"flags\":\"4294967295\",\"droppedAttributesCount\":7.0}")
                        .getFlags())
                .isEqualTo(-1);
        HistogramDataPoint point = point(
                "{\"count\":\"3\",\"sum\":\"-Infinity\",\"bucketCounts\":[1,\"2\"],\"explicitBounds\":[\"0.5\",1]}");
        assertThat(point.getSum()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(point.getBucketCountsList()).containsExactly(1L, 2L);
        assertThat(point.getExplicitBoundsList()).containsExactly(0.5, 1.0);
    }

    @Test
    void idsAreHexadecimalInEitherCaseAndOtherBytesAreBase64() throws UndecodableException {
        LogRecord log = log("{\"spanId\":\"00Ff\",\"body\":{\"bytesValue\":\"AP-_\"}}");

        assertThat(log.getSpanId().toByteArray()).containsExactly(0, -1);
        assertThat(log.getBody().getBytesValue().toByteArray()).containsExactly(0, -1, -65);
    }

    @Test
    void unknownKeysAndNullsAreIgnored() throws UndecodableException {
        LogRecord log = log("""
                {"time_unix_nano":"5","severityText":null,"attributes":null,"x":{"y":[{"z":1}]},"eventName":"e"}""");

        assertThat(log).isEqualTo(LogRecord.newBuilder().setEventName("e").build());
    }

    @Test
    void enumsAreNumbersKnownOrNot() throws UndecodableException {
        assertThat(log("{\"severityNumber\":9}").getSeverityNumberValue()).isEqualTo(9);
        assertThat(log("{\"severityNumber\":99}").getSeverityNumberValue()).isEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{} {}",
                "{\"timeUnixNano\":-1}",
                "{\"timeUnixNano\":\"18446744073709551616\"}",
                "{\"timeUnixNano\":1.5}",
                "{\"timeUnixNano\":1e400}",
                "{\"timeUnixNano\":\"1e99999999999\"}",
                "{\"timeUnixNano\":\"0x10\"}",
                "{\"timeUnixNano\":true}",
                "{\"severityNumber\":\"SEVERITY_NUMBER_INFO\"}",
                "{\"severityText\":5}",
                "{\"spanId\":\"0\"}",
                "{\"spanId\":\"0g\"}",
                "{\"body\":{\"bytesValue\":\"*\"}}",
                "{\"body\":{\"boolValue\":\"true\"}}",
                "{\"body\":{\"doubleValue\":\"1d\"}}",
                "{\"body\":{\"doubleValue\":1e999}}",
                "{\"attributes\":[null]}",
                "{\"attributes\":[{\"key\":",
            })
    void whatIsNotOtlpIsRefused(String json) {
        assertThatThrownBy(() -> log(json)).isInstanceOf(UndecodableException.class);
    }

    @Test
    void messagesNestAsDeepAsProtobufAllows() throws UndecodableException {
        assertThat(log(nested(40)).hasBody()).isTrue();
        assertThatThrownBy(() -> log(nested(60)))
                .isInstanceOf(UndecodableException.class)
                .hasMessageContaining("nested deeper than 100");
        assertThatThrownBy(() -> log("{\"unknown\":" + "[".repeat(100_000))).isInstanceOf(UndecodableException.class);
    }

    private static String nested(int depth) {
        return "{\"body\":" + "{\"arrayValue\":{\"values\":[".repeat(depth) + "{}" + "]}}".repeat(depth) + "}";
    }
}
