package io.tributary.schemas.malformed;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.sample.SampleData;
import io.tributary.schemas.topic.Topic;
import io.tributary.schemas.topic.Topics;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a producer writes to a topic is a record or is rejected: nothing else comes of it. */
class MalformedRecordsTest {
    private static final Topics TOPICS = Topics.of("t.", new SchemaRegistry("mock://malformed"));
    private static final byte[] LOG = TOPICS.logs().encodeValue(SampleData.log(3));
    private static final byte[] SPAN = TOPICS.spans().encodeValue(SampleData.span(1, 2, 1, "checkout", 0, 1));
    private static final byte[] POINT =
            TOPICS.metrics().encodeValue(SampleData.gauge("g", Map.of("host", "a", "zone", "1"), 1, 2));

    @Property
    void logs(@ForAll("malformedLogs") byte[] value) {
        demandRecordOrRejection(TOPICS.logs(), value);
    }

    @Property
    void spans(@ForAll("malformedSpans") byte[] value) {
        demandRecordOrRejection(TOPICS.spans(), value);
    }

    @Property
    void points(@ForAll("malformedPoints") byte[] value) {
        demandRecordOrRejection(TOPICS.metrics(), value);
    }

    @Property
    void anything(@ForAll("random") byte[] value) {
        demandRecordOrRejection(TOPICS.logs(), value);
    }

    private static void demandRecordOrRejection(Topic<?, ?> topic, byte[] value) {
        try {
            assertThat(topic.decodeValue(value)).isNotNull();
        } catch (RejectedException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e.getMessage()).isNotBlank();
        }
        try {
            topic.decodeKey(value);
        } catch (RejectedException e) {
            assertThat(e.reason()).isNotNull();
        }
    }

    @Provide
    Arbitrary<byte[]> malformedLogs() {
        return Malformed.mutated(LOG);
    }

    @Provide
    Arbitrary<byte[]> malformedSpans() {
        return Malformed.mutated(SPAN);
    }

    @Provide
    Arbitrary<byte[]> malformedPoints() {
        return Malformed.mutated(POINT);
    }

    @Provide
    Arbitrary<byte[]> random() {
        return Malformed.random();
    }
}
