package io.tributary.alerts.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.alerts.grouping.AlertGroup;
import io.tributary.alerts.grouping.GroupId;
import io.tributary.alerts.label.Fingerprint;
import io.tributary.alerts.routing.Routing;
import io.tributary.alerts.routing.RoutingFile;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.avro.NotificationKey;
import io.tributary.schemas.registry.SchemaRegistry;
import io.tributary.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupingProcessorTest {
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    /** As Kafka Streams does it where a commit fails: the task goes on with what the changelogs restore. */
    @Test
    void whatWasToldInATransactionThatWasAbortedIsToldByTheTaskThatGoesOn(@TempDir Path folder) throws IOException {
        Routing routing = RoutingFile.read(Files.writeString(folder.resolve("alertmanager.yml"), """
                route: {receiver: hook, group_by: [alertname], group_wait: 30s}
                receivers: [{name: hook, webhook_configs: [{url: "http://127.0.0.1:1/hook"}]}]
                """));
        Topics topics = Topics.of("t.", new SchemaRegistry("mock://grouping"));
        for (StoreBuilder<?> builder : List.of(
                AlertStores.groups(), AlertStores.members(topics.alerts().value()), AlertStores.numbers())) {
            StateStore store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        }
        Map<String, String> labels = Map.of("alertname", "High");
        NotificationKey key = routing.groupOf("default", labels);
        Alert alert = Alert.newBuilder()
                .setFingerprint(Fingerprint.of(labels))
                .setLabels(labels)
                .setStartsAtUnixNano(0)
                .setEndsAtUnixNano(TimeUnit.HOURS.toNanos(1))
                .setUpdatedAtUnixNano(0)
                .build();
        KeyValueStore<String, AlertGroup> groups = context.getStateStore(AlertStores.GROUPS);
        GroupingProcessor processor = new GroupingProcessor(routing);
        context.setCurrentSystemTimeMs(0);
        processor.init(context);
        processor.process(new Record<>(key, alert, 0));
        AlertGroup committed = groups.get(GroupId.of(key));
        tick(31_000);
        assertThat(context.forwarded()).hasSize(1);

        groups.put(GroupId.of(key), committed);
        context.resetForwards();
        processor.init(context);
        tick(32_000);
        assertThat(context.forwarded()).hasSize(1);
    }

    private void tick(long millis) {
        context.setCurrentSystemTimeMs(millis);
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(millis);
    }
}
