package io.tributary.local;

import java.util.Map;

/**
 * A system, for commands that look at it or send to it: the one of this machine, or another one, such as one in
 * containers, that the environment names.
 *
 * @param kafka {@code host:port}
 * @param registry the base of the schema registry's Confluent API
 * @param connect the base of the Connect worker's REST API
 * @param otlp the base of OTLP/HTTP, with its port
 */
public record Target(String kafka, String registry, String connect, String otlp) {

    /** What the environment names; the rest is the local system's. */
    static Target of(Map<String, String> environment, Endpoints local) {
        return new Target(
                environment.getOrDefault("TRIBUTARY_KAFKA", local.kafka()),
                environment.getOrDefault("TRIBUTARY_REGISTRY", local.registry()),
                environment.getOrDefault("TRIBUTARY_CONNECT", local.connect()),
                environment.getOrDefault("TRIBUTARY_OTLP", local.otlpHttp()));
    }
}
