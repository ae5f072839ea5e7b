package io.tributary.schemas.registry;

import java.io.IOException;
import java.time.Duration;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/** Where schemas are kept. Schemas are JSON texts. */
interface RegistryBackend {
    int register(String subject, String schema) throws IOException, RestClientException;

    String demandCompatibility(String subject, String level) throws IOException, RestClientException;

    String schema(int id) throws IOException, RestClientException;

    /** The registry at this base URL, which is away if it keeps silent for this long. */
    static RegistryBackend rest(String url, Duration patience) {
        RestService rest = new RestService(url);
        // Without these the client would wait for ever.
        rest.setHttpConnectTimeoutMs((int) patience.toMillis());
        rest.setHttpReadTimeoutMs((int) patience.toMillis());
        return new RegistryBackend() {
            @Override
            public int register(String subject, String schema) throws IOException, RestClientException {
                return rest.registerSchema(schema, subject);
            }

            @Override
            public String demandCompatibility(String subject, String level) throws IOException, RestClientException {
                return rest.updateCompatibility(level, subject).getCompatibilityLevel();
            }

            @Override
            public String schema(int id) throws IOException, RestClientException {
                return rest.getId(id).getSchemaString();
            }
        };
    }
}
