package io.tributary.delivery.elasticsearch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * Who we are to Elasticsearch. Secrets live in files, so that they can be replaced without a restart: they are read
 * again whenever Elasticsearch refuses them.
 */
public sealed interface Credentials {

    /** The value of the {@code Authorization} header; empty for none. {@link IOException} if the file is unreadable. */
    Optional<String> authorization() throws IOException;

    /** No credentials: for a cluster without security. */
    record None() implements Credentials {
        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }
    }

    /**
     * An API key.
     *
     * @param file holds the key in Elasticsearch's {@code encoded} form, and nothing else
     */
    record ApiKey(Path file) implements Credentials {
        @Override
        public Optional<String> authorization() throws IOException {
            return Optional.of("ApiKey " + Files.readString(file).strip());
        }
    }

    /**
     * A user and a password.
     *
     * @param user the user's name
     * @param passwordFile holds the password, and nothing else
     */
    record Basic(String user, Path passwordFile) implements Credentials {
        @Override
        public Optional<String> authorization() throws IOException {
            String pair = user + ':' + Files.readString(passwordFile).strip();
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
