package io.tributary.logindexer.config;

import io.tributary.delivery.bulk.BulkSettings;
import io.tributary.delivery.elasticsearch.Credentials;
import io.tributary.delivery.elasticsearch.ElasticsearchSettings;
import io.tributary.schemas.failure.Problems;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the service reaches Elasticsearch and writes to it.
 *
 * @param url the nodes, separated by commas; the first is used until it fails, then the next
 * @param apiKeyFile file with an API key in its encoded form, read again when it is refused; absent for none
 * @param user name of a user, where there is no API key; absent for none
 * @param passwordFile file with the user's password, read again when it is refused
 * @param certificateAuthority PEM file with the certificates to trust; absent to trust those that Java trusts
 * @param connectTimeout how long a connection may take
 * @param requestTimeout how long an answer may take; then the request is sent again
 * @param batchSize a bulk request is sent when it has that many bytes; at least 1 KB
 * @param batchItems a bulk request is sent when it has that many documents; at least 1
 * @param batchAge a bulk request is sent when its first document waited that long
 * @param requestsInFlight how many bulk requests may be under way at once; 1 to 16
 * @param firstPause about how long to wait after a first failure; doubles with each further one
 * @param longestPause how long to wait after a failure at most
 * @param holdPause how long to wait between attempts while somebody must mend something, such as a closed index
 */
@ConfigurationProperties(prefix = "tributary.elasticsearch", ignoreUnknownFields = false)
public record ElasticsearchProperties(
        @DefaultValue("http://127.0.0.1:9200") List<URI> url,
        @Nullable Path apiKeyFile,
        @Nullable String user,
        @Nullable Path passwordFile,
        @Nullable Path certificateAuthority,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("60s") Duration requestTimeout,
        @DefaultValue("4MB") DataSize batchSize,
        @DefaultValue("5000") int batchItems,
        @DefaultValue("200ms") Duration batchAge,
        @DefaultValue("2") int requestsInFlight,
        @DefaultValue("100ms") Duration firstPause,
        @DefaultValue("30s") Duration longestPause,
        @DefaultValue("15s") Duration holdPause) {

    private static final int MIN_BATCH = 1 << 10;
    private static final int MAX_BATCH = 64 << 20;
    private static final int MAX_REQUESTS = 16;

    /** Checks the values; {@link IllegalArgumentException} with every problem at once. */
    public ElasticsearchProperties {
        new Problems("tributary.elasticsearch.")
                .expect(
                        !url.isEmpty()
                                && url.stream().allMatch(one -> one.toString().matches("https?://.+")),
                        "url",
                        url,
                        "http or https URLs")
                .expect(apiKeyFile == null || user == null, "user", user, "none beside an api-key-file")
                .expect(
                        (user == null) == (passwordFile == null),
                        "password-file",
                        passwordFile,
                        "set if and only if user is")
                .expect(
                        batchSize.toBytes() >= MIN_BATCH && batchSize.toBytes() <= MAX_BATCH,
                        "batch-size",
                        batchSize,
                        "1KB to 64MB")
                .atLeast("batch-items", batchItems, 1)
                .between("requests-in-flight", requestsInFlight, 1, MAX_REQUESTS)
                .refuse();
        url = List.copyOf(url);
    }

    ElasticsearchSettings connection() {
        return new ElasticsearchSettings(
                url, credentials(), Optional.ofNullable(certificateAuthority), connectTimeout, requestTimeout);
    }

    BulkSettings bulk() {
        return new BulkSettings(
                Math.toIntExact(batchSize.toBytes()),
                batchItems,
                batchAge,
                requestsInFlight,
                firstPause,
                longestPause,
                holdPause);
    }

    private Credentials credentials() {
        if (apiKeyFile != null) {
            return new Credentials.ApiKey(apiKeyFile);
        }
        return user != null && passwordFile != null
                ? new Credentials.Basic(user, passwordFile)
                : new Credentials.None();
    }
}
