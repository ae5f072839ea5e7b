package io.tributary.logindexer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class PropertiesTest {
    private static <T> T bind(String prefix, Class<T> type, Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate(prefix, type);
    }

    private static void isRefused(String prefix, Class<?> type, Map<String, String> settings, String message) {
        assertThatThrownBy(() -> bind(prefix, type, settings)).rootCause().hasMessage(message);
    }

    @Test
    void theDefaultsAreTaken() {
        assertThat(bind("tributary.indexer", IndexerProperties.class, Map.of()).inFlight())
                .hasToString("25165824B");
        assertThat(bind("tributary.elasticsearch", ElasticsearchProperties.class, Map.of())
                        .url())
                .hasToString("[http://127.0.0.1:9200]");
    }

    @Test
    void everyProblemOfReadingIsToldAtOnce() {
        isRefused(
                "tributary.indexer",
                IndexerProperties.class,
                Map.of(
                        "tributary.indexer.in-flight", "1023KB",
                        "tributary.indexer.commit-interval", "0s",
                        "tributary.indexer.drain", "-1s"),
                "tributary.indexer.in-flight: 1047552B (expected: at least 1MB);"
                        + " tributary.indexer.commit-interval: PT0S (expected: positive);"
                        + " tributary.indexer.drain: PT-1S (expected: not negative)");
    }

    @Test
    void everyProblemOfWritingIsToldAtOnce() {
        isRefused(
                "tributary.elasticsearch",
                ElasticsearchProperties.class,
                Map.of(
                        "tributary.elasticsearch.url", "http://one:9200,ftp://two",
                        "tributary.elasticsearch.api-key-file", "key",
                        "tributary.elasticsearch.user", "somebody",
                        "tributary.elasticsearch.batch-size", "65MB",
                        "tributary.elasticsearch.batch-items", "0",
                        "tributary.elasticsearch.requests-in-flight", "17"),
                "tributary.elasticsearch.url: [http://one:9200, ftp://two] (expected: http or https URLs);"
                        + " tributary.elasticsearch.user: somebody (expected: none beside an api-key-file);"
                        + " tributary.elasticsearch.password-file: null (expected: set if and only if user is);"
                        + " tributary.elasticsearch.batch-size: 68157440B (expected: 1KB to 64MB);"
                        + " tributary.elasticsearch.batch-items: 0 (expected: at least 1);"
                        + " tributary.elasticsearch.requests-in-flight: 17 (expected: 1 to 16)");
    }
}
