package io.tributary.connect.sink;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/** The settings that every sink has. */
public class SinkSettings extends AbstractConfig {
    /** Brokers for dead letters and ledger entries. */
    public static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    /**
     * What the settings of our own Kafka clients begin with, such as {@code kafka.client.security.protocol}: those that
     * write dead letters and ledger entries. What reads the sink's topics is the worker's.
     */
    public static final String CLIENT_PREFIX = "kafka.client.";
    /** The schema registry. */
    public static final String SCHEMA_REGISTRY_URL = "schema.registry.url";
    /** What topic names begin with. */
    public static final String TOPIC_PREFIX = "topic.prefix";
    /** The store. */
    public static final String STORE_URL = "store.url";
    /** Who writes. */
    public static final String STORE_USER = "store.user";
    /** That user's password. */
    public static final String STORE_PASSWORD = "store.password";
    /** Size of a request. */
    public static final String BATCH_BYTES = "batch.max.bytes";
    /** What may wait. */
    public static final String BUFFER_BYTES = "buffer.max.bytes";
    /** How long to wait for an answer. */
    public static final String REQUEST_TIMEOUT = "request.timeout.ms";
    /** First delay. */
    public static final String BACKOFF = "retry.backoff.ms";
    /** Longest delay. */
    public static final String BACKOFF_MAX = "retry.backoff.max.ms";

    private static final String NAME = "name";
    private static final String TOPICS = "topics";

    /** The settings in these properties; {@link ConfigException} if one is invalid. */
    public SinkSettings(ConfigDef definition, Map<String, String> properties) {
        super(definition, properties, false);
    }

    /** The definition of what every sink has; sinks add their own. */
    public static ConfigDef definition() {
        return new ConfigDef()
                .define(
                        BOOTSTRAP_SERVERS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        ConfigDef.ValidList.anyNonDuplicateValues(false, false),
                        Importance.HIGH,
                        "The Kafka to which dead letters and ledger entries are written: host:port, several with commas.")
                .define(
                        SCHEMA_REGISTRY_URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new Url(Set.of("http", "https", "mock")),
                        Importance.HIGH,
                        "Base URL of a schema registry that speaks Confluent's REST API.")
                .define(
                        TOPIC_PREFIX,
                        ConfigDef.Type.STRING,
                        "tributary.",
                        Importance.MEDIUM,
                        "What the names of Tributary's topics begin with.")
                .define(
                        STORE_URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new Url(Set.of("http", "https")),
                        Importance.HIGH,
                        "Where the store listens: its base URL, or for remote write the whole endpoint with its path.")
                .define(
                        STORE_USER,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "User for basic authentication; empty for none.")
                .define(
                        BATCH_BYTES,
                        ConfigDef.Type.INT,
                        1 << 20,
                        Range.between(1 << 10, 64 << 20),
                        Importance.MEDIUM,
                        "About how many bytes, before compression, one request to the store has.")
                .define(
                        BUFFER_BYTES,
                        ConfigDef.Type.INT,
                        8 << 20,
                        Range.between(1 << 16, 1 << 30),
                        Importance.MEDIUM,
                        "About how many bytes of memory records that wait for the store may take before the task pauses"
                                + " its partitions; one poll may come on top.")
                .define(
                        REQUEST_TIMEOUT,
                        ConfigDef.Type.INT,
                        30_000,
                        Range.between(100, 120_000),
                        Importance.LOW,
                        "How long to wait for the store's answer, in milliseconds.")
                .define(
                        BACKOFF,
                        ConfigDef.Type.INT,
                        200,
                        Range.between(1, 60_000),
                        Importance.LOW,
                        "How long to wait after a first failed attempt, in milliseconds; doubles with each more.")
                .define(
                        BACKOFF_MAX,
                        ConfigDef.Type.INT,
                        30_000,
                        Range.between(1, 600_000),
                        Importance.LOW,
                        "No wait between attempts is longer, in milliseconds.");
    }

    /**
     * The definition with a password beside {@link #STORE_USER}, for stores whose password stands in the configuration.
     */
    protected static ConfigDef withPassword(ConfigDef definition) {
        return definition.define(STORE_PASSWORD, ConfigDef.Type.PASSWORD, "", Importance.LOW, "The user's password.");
    }

    /**
     * Everything that is wrong with the properties, at the property that it is wrong with.
     *
     * @param known topics that the sink takes, given its prefix
     */
    public static Config validate(
            ConfigDef definition,
            Map<String, String> properties,
            java.util.function.Function<String, Set<String>> known) {
        List<ConfigValue> values = new ArrayList<>(definition.validate(properties));
        ConfigValue prefix = values.stream()
                .filter(value -> value.name().equals(TOPIC_PREFIX))
                .findFirst()
                .orElseThrow();
        Set<String> expected = known.apply(String.valueOf(prefix.value()));
        ConfigValue topics = new ConfigValue(TOPICS);
        List<String> names = Arrays.stream(properties.getOrDefault(TOPICS, "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        topics.value(names);
        names.stream()
                .filter(name -> !expected.contains(name))
                .forEach(
                        name -> topics.addErrorMessage(TOPICS + ": " + name + " (expected: some of " + expected + ")"));
        if (!topics.errorMessages().isEmpty()) {
            values.add(topics);
        }
        properties.keySet().stream()
                .filter(name -> name.startsWith(CLIENT_PREFIX))
                .filter(name -> !isClientSetting(name.substring(CLIENT_PREFIX.length())))
                .forEach(name -> values.add(new ConfigValue(
                        name,
                        null,
                        List.of(),
                        List.of(name + ": unknown (expected: a setting of both Kafka's producer and admin client)"))));
        return new Config(values);
    }

    private static boolean isClientSetting(String name) {
        return ProducerConfig.configNames().contains(name)
                && AdminClientConfig.configNames().contains(name);
    }

    /** The connector's name. */
    public String connector() {
        return originalsStrings().getOrDefault(NAME, "tributary");
    }

    /** The consumer group that Connect gives the connector, which is the ledger's name of the stage. */
    public String group() {
        return "connect-" + connector();
    }

    /** The settings that every Kafka client of ours begins with: brokers, and what {@link #CLIENT_PREFIX} gives. */
    public Map<String, Object> clientConfig() {
        Map<String, Object> config = originalsWithPrefix(CLIENT_PREFIX);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, String.join(",", getList(BOOTSTRAP_SERVERS)));
        return config;
    }

    /** Where the store listens, without a slash at the end. */
    public URI storeUrl() {
        String url = getString(STORE_URL);
        return URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** Credentials; an empty user for none. */
    public String user() {
        return getString(STORE_USER);
    }

    /** The password. */
    public Password password() {
        return getPassword(STORE_PASSWORD);
    }

    /** How long to wait for an answer. */
    public Duration requestTimeout() {
        return Duration.ofMillis(getInt(REQUEST_TIMEOUT));
    }

    /** Accepts absolute URLs of some schemes. */
    private record Url(Set<String> schemes) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            try {
                URI uri = new URI(String.valueOf(value));
                if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getAuthority() != null) {
                    return;
                }
            } catch (URISyntaxException e) {
                throw new ConfigException(name, value, "expected: a URL, but " + e.getReason());
            }
            throw new ConfigException(name, value, "expected: an absolute URL with one of the schemes " + schemes);
        }

        @Override
        public String toString() {
            return "a URL with one of the schemes " + schemes;
        }
    }
}
