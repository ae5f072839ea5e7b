package io.tributary.schemas.registry;

import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;

/**
 * A schema registry that speaks Confluent's REST API (Confluent, Apicurio, Karapace, Redpanda). Answers are kept for
 * ever, since an id never changes its meaning. Safe for use by many threads.
 */
public final class SchemaRegistry {
    private static final String IN_MEMORY = "mock://";
    private static final int NOT_FOUND = 404;
    private static final int CLIENT_ERROR = 400;
    /** Our access, the way there, or the load, which somebody mends: no word about what was asked. */
    private static final Set<Integer> HOLD = Set.of(401, 403, 408, 429);
    /** Confluent's REST API: the error code of an id that the registry does not have. */
    static final int SCHEMA_NOT_FOUND = 40403;

    private static final int SERVER_ERROR = 500;

    /** Asking again is cheap and does no harm, and now and then an answer never comes. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RegistryBackend backend;
    private final String url;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /**
     * A client of the registry at this base URL, such as {@code http://localhost:8081/apis/ccompat/v7}. The URL
     * {@code mock://name} means a registry in this process's memory, for tests without a network.
     */
    public SchemaRegistry(String url) {
        this(url, PATIENCE);
    }

    /** As above; a registry that keeps silent for longer than this is away. */
    SchemaRegistry(String url, Duration patience) {
        this.url = url;
        this.backend = url.startsWith(IN_MEMORY)
                ? InMemoryBackend.named(url.substring(IN_MEMORY.length()))
                : RegistryBackend.rest(url, patience);
    }

    /**
     * Registers the schema under the subject, if it is not there yet, and returns its id.
     *
     * @throws RejectedException if the registry refuses it, for instance as incompatible with an earlier version
     * @throws RetryableException if the registry is away
     */
    public int register(String subject, Schema schema) {
        return call("register " + subject, () -> {
            int id = backend.register(subject, schema.toString());
            schemas.putIfAbsent(id, schema);
            return id;
        });
    }

    /**
     * Demands this compatibility, such as {@code FULL_TRANSITIVE}, of every later version of the subject. Throws as
     * {@link #register}.
     */
    public void demandCompatibility(String subject, String level) {
        try {
            setCompatibility(subject, level);
        } catch (RejectedException e) {
            // Of two that set it for the first time at once, Apicurio refuses the slower, who finds it set then.
            setCompatibility(subject, level);
        }
    }

    private void setCompatibility(String subject, String level) {
        call("set compatibility of " + subject, () -> backend.demandCompatibility(subject, level));
    }

    /**
     * The schema with this id.
     *
     * @throws RejectedException with {@link Reason#UNKNOWN_SCHEMA} if the registry has no such schema
     * @throws RetryableException if the registry is away
     */
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        // Only this is a word about the record: whatever else is refused, somebody will mend.
        Schema fetched = call(
                "get schema " + id,
                e -> e.getErrorCode() == SCHEMA_NOT_FOUND,
                () -> new Schema.Parser().parse(backend.schema(id)));
        schemas.put(id, fetched);
        return fetched;
    }

    private interface Call<T> {
        T run() throws IOException, RestClientException;
    }

    private <T> T call(String what, Call<T> call) {
        return call(
                what,
                e -> e.getStatus() >= CLIENT_ERROR && e.getStatus() < SERVER_ERROR && !HOLD.contains(e.getStatus()),
                call);
    }

    private <T> T call(String what, Predicate<RestClientException> isFinal, Call<T> call) {
        try {
            return call.run();
        } catch (RestClientException e) {
            int status = e.getStatus();
            if (isFinal.test(e)) {
                Reason reason = status == NOT_FOUND ? Reason.UNKNOWN_SCHEMA : Reason.INCOMPATIBLE_SCHEMA;
                throw new RejectedException(reason, what + ": refused by " + url + ": " + e.getMessage(), e);
            }
            throw new RetryableException(what + ": " + url + " answered " + status, e);
        } catch (IOException e) {
            throw new RetryableException(what + ": cannot reach " + url + ": " + e.getMessage(), e);
        }
    }
}
