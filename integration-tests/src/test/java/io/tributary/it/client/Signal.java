package io.tributary.it.client;

/** What a load consists of, and where OTLP/HTTP takes it. */
public enum Signal {
    LOGS("/v1/logs"),
    METRICS("/v1/metrics"),
    SPANS("/v1/traces");

    private final String path;

    Signal(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
