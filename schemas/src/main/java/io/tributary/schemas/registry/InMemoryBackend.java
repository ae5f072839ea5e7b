package io.tributary.schemas.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** Schemas in this process's memory, for tests without a network. Compatibility is not checked. */
final class InMemoryBackend implements RegistryBackend {
    private static final Map<String, InMemoryBackend> BY_NAME = new ConcurrentHashMap<>();
    private static final int NOT_FOUND = 404;

    private final List<String> schemas = new ArrayList<>();

    /** The backend of this name, the same for everybody in the process. */
    static InMemoryBackend named(String name) {
        return BY_NAME.computeIfAbsent(name, unseen -> new InMemoryBackend());
    }

    @Override
    public synchronized int register(String subject, String schema) {
        int index = schemas.indexOf(schema);
        if (index < 0) {
            schemas.add(schema);
            return schemas.size();
        }
        return index + 1;
    }

    @Override
    public String demandCompatibility(String subject, String level) {
        return level;
    }

    @Override
    public synchronized String schema(int id) throws RestClientException {
        if (id < 1 || id > schemas.size()) {
            throw new RestClientException("Schema " + id + " not found", NOT_FOUND, SchemaRegistry.SCHEMA_NOT_FOUND);
        }
        return schemas.get(id - 1);
    }
}
