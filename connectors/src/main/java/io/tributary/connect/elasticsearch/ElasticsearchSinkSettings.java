package io.tributary.connect.elasticsearch;

import io.tributary.connect.sink.SinkSettings;
import io.tributary.delivery.bulk.BulkSettings;
import io.tributary.delivery.elasticsearch.Credentials;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;

/** Settings of the Elasticsearch sink. Secrets stand in files, which are read again when Elasticsearch refuses them. */
public final class ElasticsearchSinkSettings extends SinkSettings {
    /** Where the password is. */
    public static final String PASSWORD_FILE = "store.password.file";
    /** Where an API key is. */
    public static final String API_KEY_FILE = "store.api.key.file";
    /** Whom to trust. */
    public static final String CERTIFICATES = "store.certificates.file";

    private static final int BATCH_ITEMS = 5000;
    private static final Duration BATCH_AGE = Duration.ofMillis(20);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** The settings in these properties. */
    public ElasticsearchSinkSettings(Map<String, String> properties) {
        super(define(), properties);
    }

    /** All settings of the sink. */
    public static ConfigDef define() {
        return SinkSettings.definition()
                .define(
                        PASSWORD_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "A file with the password of store.user and nothing else.")
                .define(
                        API_KEY_FILE,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "A file with an API key in its encoded form and nothing else; instead of a user.")
                .define(
                        CERTIFICATES,
                        ConfigDef.Type.STRING,
                        "",
                        Importance.LOW,
                        "A PEM file with the certificates to trust; empty to trust those that Java trusts.");
    }

    ElasticsearchSettings connection() {
        return new ElasticsearchSettings(
                List.of(storeUrl()), credentials(), file(CERTIFICATES), CONNECT, requestTimeout());
    }

    private Credentials credentials() {
        Optional<Path> apiKey = file(API_KEY_FILE);
        if (apiKey.isPresent()) {
            return new Credentials.ApiKey(apiKey.get());
        }
        return user().isEmpty()
                ? new Credentials.None()
                : new Credentials.Basic(user(), Path.of(getString(PASSWORD_FILE)));
    }

    private Optional<Path> file(String name) {
        return Optional.of(getString(name)).filter(path -> !path.isEmpty()).map(Path::of);
    }

    BulkSettings bulk() {
        Duration longest = Duration.ofMillis(getInt(BACKOFF_MAX));
        return new BulkSettings(
                getInt(BATCH_BYTES), BATCH_ITEMS, BATCH_AGE, 2, Duration.ofMillis(getInt(BACKOFF)), longest, longest);
    }
}
