package io.tributary.gateway.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static KeyValue attribute(String key, AnyValue value) {
        return KeyValue.newBuilder().setKey(key).setValue(value).build();
    }

    private static AnyValue text(String text) {
        return AnyValue.newBuilder().setStringValue(text).build();
    }

    @Test
    void everyKindOfValueHasAText() {
        AnyValue number = AnyValue.newBuilder().setIntValue(-7).build();
        AnyValue bytes = AnyValue.newBuilder()
                .setBytesValue(ByteString.copyFrom(new byte[] {1, 2, 3}))
                .build();
        AnyValue list = AnyValue.newBuilder()
                .setArrayValue(ArrayValue.newBuilder()
                        .addValues(text("a\"b\n"))
                        .addValues(number)
                        .addValues(AnyValue.newBuilder().setDoubleValue(Double.NaN))
                        .addValues(AnyValue.getDefaultInstance()))
                .build();
        AnyValue map = AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(attribute("x", list))
                        .addValues(attribute("y", bytes)))
                .build();

        assertThat(AttributeText.of(number)).isEqualTo("-7");
        assertThat(AttributeText.of(AnyValue.newBuilder().setBoolValue(true).build()))
                .isEqualTo("true");
        assertThat(AttributeText.of(AnyValue.newBuilder().setDoubleValue(1.5).build()))
                .isEqualTo("1.5");
        assertThat(AttributeText.of(bytes)).isEqualTo("AQID");
        assertThat(AttributeText.of(map)).isEqualTo("{\"x\":[\"a\\\"b\\u000a\",-7,\"NaN\",null],\"y\":\"AQID\"}");
    }

    @Test
    void theResourcesIdentityIsJobAndInstance() {
        Resource resource = Resource.newBuilder()
                .addAttributes(attribute("service.namespace", text("shop")))
                .addAttributes(attribute("service.name", text("cart")))
                .addAttributes(attribute("service.instance.id", text("i-1")))
                .addAttributes(attribute("host.name", text("h-1")))
                .build();

        assertThat(Labels.identity(resource)).isEqualTo(Map.of("job", "shop/cart", "instance", "i-1"));
        assertThat(Labels.identity(Resource.getDefaultInstance())).isEmpty();
        assertThat(Labels.descriptive(resource)).extracting(KeyValue::getKey).containsExactly("host.name");
    }

    @Test
    void theScopesOwnFieldsWinOverItsAttributes() {
        InstrumentationScope scope = InstrumentationScope.newBuilder()
                .setName("library")
                .setVersion("2.0")
                .addAttributes(attribute("name", text("impostor")))
                .addAttributes(attribute("short.lived", text("yes")))
                .build();

        assertThat(Labels.withScope(Map.of("job", "shop"), scope, "https://example.org/1"))
                .isEqualTo(Map.of(
                        "job",
                        "shop",
                        "otel_scope_name",
                        "library",
                        "otel_scope_version",
                        "2.0",
                        "otel_scope_schema_url",
                        "https://example.org/1",
                        "otel_scope_short_lived",
                        "yes"));
    }
}
