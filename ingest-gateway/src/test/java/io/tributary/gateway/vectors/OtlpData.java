package io.tributary.gateway.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.protobuf.Message;
import io.tributary.gateway.decode.BodyTooLargeException;
import io.tributary.gateway.decode.Encoding;
import io.tributary.gateway.decode.MessageDecoder;
import io.tributary.gateway.decode.UndecodableException;
import io.tributary.gateway.translate.CollectingSink;
import io.tributary.gateway.translate.Translator;
import io.tributary.gateway.validate.TimeRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** OTLP's examples and test vectors of others, which lie beside the project. */
final class OtlpData {
    static final TimeRules TIMES = TimeRules.at(Instant.parse("2026-06-01T00:00:00Z"), Duration.ofDays(1));
    private static final ObjectMapper JSON = new ObjectMapper();

    private OtlpData() {}

    static JsonNode read(String file) {
        Path root = Path.of(System.getProperty("tributary.root", ".."));
        Path path = root.resolve("../shared/data/otlp").resolve(file).normalize();
        assumeTrue(Files.exists(path), path + ": not on this machine");
        return JSON.readTree(path.toFile());
    }

    static <Q extends Message> Q decode(JsonNode input, Q prototype)
            throws UndecodableException, BodyTooLargeException {
        byte[] body = JSON.writeValueAsBytes(input);
        return new MessageDecoder(1 << 20).decode(body, false, Encoding.JSON, prototype, bytes -> {});
    }

    static <Q, K, V> CollectingSink<K, V> translate(Translator<Q, K, V> translator, Q request) {
        CollectingSink<K, V> sink = new CollectingSink<>();
        translator.translate(request, "default", TIMES, sink);
        return sink;
    }
}
