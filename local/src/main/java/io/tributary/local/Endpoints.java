package io.tributary.local;

import io.tributary.local.part.Brokers;
import io.tributary.local.part.Port;
import io.tributary.servers.Loopback;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the parts of the system answer.
 *
 * @param ports the number of each port
 * @param brokers how many Kafka brokers there are
 */
public record Endpoints(Map<Port, Integer> ports, Brokers brokers) {

    public Endpoints {
        ports = Map.copyOf(new EnumMap<>(ports));
    }

    public int port(Port port) {
        return ports.get(port);
    }

    /** {@code host:port} of each broker, separated by commas. */
    public String kafka() {
        return brokers.clients().stream().map(this::authority).collect(Collectors.joining(","));
    }

    /** The base of the schema registry's Confluent API. */
    public String registry() {
        return url(Port.REGISTRY) + "/apis/ccompat/v7";
    }

    public String elasticsearch() {
        return url(Port.ELASTICSEARCH);
    }

    public String questDb() {
        return url(Port.QUESTDB);
    }

    public String connect() {
        return url(Port.CONNECT);
    }

    public String alertRouter() {
        return url(Port.ALERT_ROUTER);
    }

    /** The base of OTLP/HTTP; the signals' paths ({@code /v1/logs} and so on) follow. */
    public String otlpHttp() {
        return url(Port.OTLP_HTTP);
    }

    /** {@code http://host:port}, as OpenTelemetry's exporters want it for gRPC too. */
    public String otlpGrpc() {
        return url(Port.OTLP_GRPC);
    }

    private String url(Port port) {
        return Loopback.http(port(port), "").toString();
    }

    private String authority(Port port) {
        return Loopback.HOST + ":" + port(port);
    }
}
