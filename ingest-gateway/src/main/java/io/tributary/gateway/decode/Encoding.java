package io.tributary.gateway.decode;

/** How a request and its response are written. OTLP: "OTLP/HTTP Request". */
public enum Encoding {
    /** Protobuf, binary. */
    PROTOBUF,
    /** Protobuf as JSON, by OTLP's rules. */
    JSON
}
