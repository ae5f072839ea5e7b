package io.tributary.alerts.stream;

import io.tributary.alerts.grouping.AlertGroup;
import io.tributary.alerts.grouping.AlertGroupCodec;
import io.tributary.alerts.retention.MemoryBudget;
import io.tributary.alerts.state.StateSerde;
import io.tributary.schemas.avro.Alert;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology's stores. They hold what is active, which fits in memory, and are restored from their changelog topics.
 */
public final class AlertStores {
    /** Samples that rules read, in chunks, by series and time. */
    static final String SAMPLES = "samples";
    /** What rule groups remember, and how far the metrics topic has come. */
    static final String RULES = "rules";
    /** Groups, by id. */
    static final String GROUPS = "groups";
    /** Alerts of groups, by the group's id and fingerprint. */
    static final String MEMBERS = "group-alerts";
    /** The greatest number of a message so far, by partition. */
    static final String NUMBERS = "message-numbers";
    /** All alerts, by tenant and fingerprint. */
    public static final String ALERTS = "alerts";
    /** How far the topic of alerts was ever read, by partition: the offset behind the last record. */
    static final String READ = "alerts-read";

    private AlertStores() {}

    static StoreBuilder<ShardSamples> samples(MemoryBudget budget) {
        return ShardSamples.builder(SAMPLES, budget);
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> rules() {
        return inMemory(RULES, Serdes.ByteArray());
    }

    static StoreBuilder<KeyValueStore<String, AlertGroup>> groups() {
        return inMemory(GROUPS, new StateSerde<>(new AlertGroupCodec()));
    }

    static StoreBuilder<KeyValueStore<String, Alert>> members(Serde<Alert> alert) {
        return inMemory(MEMBERS, alert);
    }

    static StoreBuilder<KeyValueStore<String, Long>> numbers() {
        return inMemory(NUMBERS, Serdes.Long());
    }

    static StoreBuilder<KeyValueStore<String, Alert>> alerts(Serde<Alert> alert) {
        return inMemory(ALERTS, alert);
    }

    static StoreBuilder<KeyValueStore<String, Long>> read() {
        return inMemory(READ, Serdes.Long());
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> inMemory(String name, Serde<V> value) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), value)
                .withCachingDisabled();
    }
}
