package io.tributary.delivery.elasticsearch;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How to reach Elasticsearch.
 *
 * @param urls the nodes, such as {@code http://localhost:9200}; at least one. The first is used until it fails, then
 *     the next
 * @param credentials who we are
 * @param certificateAuthority PEM file with the certificates to trust; absent to trust those that Java trusts
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long an answer may take; then the request counts as failed
 */
public record ElasticsearchSettings(
        List<URI> urls,
        Credentials credentials,
        Optional<Path> certificateAuthority,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** Refuses an empty list of nodes. */
    public ElasticsearchSettings {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("urls: none (expected: at least one)");
        }
    }

    /** One node without security, and the usual timeouts: 5 s to connect, 60 s to answer. */
    public static ElasticsearchSettings of(String url) {
        return new ElasticsearchSettings(
                List.of(URI.create(url)),
                new Credentials.None(),
                Optional.empty(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60));
    }
}
