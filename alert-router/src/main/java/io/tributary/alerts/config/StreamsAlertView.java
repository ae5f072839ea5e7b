package io.tributary.alerts.config;

import io.tributary.alerts.http.AlertView;
import io.tributary.alerts.stream.AlertStores;
import io.tributary.runtime.config.StreamsRunner;
import io.tributary.schemas.avro.Alert;
import io.tributary.schemas.failure.RetryableException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Alerts in the topology's store, of the partitions that this instance has. */
record StreamsAlertView(StreamsRunner runner) implements AlertView {
    @Override
    public List<Alert> all() {
        KafkaStreams streams = runner.streams();
        if (streams == null) {
            throw new RetryableException("alerts cannot be read yet");
        }
        try {
            ReadOnlyKeyValueStore<String, Alert> store = streams.store(StoreQueryParameters.fromNameAndType(
                    AlertStores.ALERTS, QueryableStoreTypes.<String, Alert>keyValueStore()));
            List<Alert> alerts = new ArrayList<>();
            try (KeyValueIterator<String, Alert> all = store.all()) {
                all.forEachRemaining(each -> alerts.add(each.value));
            }
            return alerts;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new RetryableException("alerts cannot be read now: " + e.getMessage(), e);
        }
    }
}
