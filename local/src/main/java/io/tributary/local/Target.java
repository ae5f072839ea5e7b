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

    /** What the environment names; the rest is the local system's. An empty variable names nothing. */
    static Target of(Map<String, String> environment, Endpoints local) {
        return new Target(
                named(environment, "TRIBUTARY_KAFKA", local.kafka()),
                named(environment, "TRIBUTARY_REGISTRY", local.registry()),
                named(environment, "TRIBUTARY_CONNECT", local.connect()),
                named(environment, "TRIBUTARY_OTLP", local.otlpHttp()));
    }

    private static String named(Map<String, String> environment, String variable, String otherwise) {
        String value = environment.getOrDefault(variable, "");
        return value.isEmpty() ? otherwise : value;
    }
}
