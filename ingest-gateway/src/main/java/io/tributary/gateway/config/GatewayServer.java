package io.tributary.gateway.config;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.GracefulShutdown;
import com.linecorp.armeria.server.RequestTimeoutException;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.tributary.gateway.otlp.OtlpGrpcService;
import io.tributary.gateway.otlp.OtlpHttpService;
import io.tributary.gateway.otlp.OtlpReceiver;
import io.tributary.gateway.otlp.OtlpService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** One server with two ports, each of which takes HTTP/1, HTTP/2 and gRPC. */
final class GatewayServer {
    // Less than what a service may take to stop, more than a record may take to be delivered.
    private static final Duration IN_FLIGHT = Duration.ofSeconds(9);
    // HTTP/2 advises not to go below.
    private static final long STREAMS = 100;
    private static final Duration QUIET = Duration.ofMillis(100);

    private GatewayServer() {}

    static Server of(OtlpProperties properties, List<OtlpService<?, ?, ?>> services, OtlpReceiver receiver) {
        ServerBuilder server = Server.builder()
                .port(port(properties, properties.httpPort()))
                .port(port(properties, properties.grpcPort()))
                .maxNumConnections(properties.maxConnections())
                .http2MaxStreamsPerConnection(STREAMS)
                .requestTimeout(properties.readTimeout())
                // Bodies are measured where they are read, which gives OTLP's own answer.
                .maxRequestLength(0)
                .disableServerHeader()
                .gracefulShutdown(GracefulShutdown.builder()
                        .quietPeriod(QUIET)
                        .timeout(IN_FLIGHT)
                        .build());
        for (OtlpService<?, ?, ?> service : services) {
            OtlpHttpService http = new OtlpHttpService(service, receiver);
            OtlpGrpcService grpc = new OtlpGrpcService(service, receiver);
            server.route()
                    .post(service.httpPath())
                    .errorHandler((context, cause) -> isLate(cause) ? http.late(context.request()) : null)
                    .build(http);
            server.route()
                    .post(service.grpcPath())
                    .errorHandler((context, cause) -> isLate(cause) ? grpc.late() : null)
                    .build(grpc);
        }
        return server.build();
    }

    private static boolean isLate(Throwable cause) {
        return cause instanceof RequestTimeoutException;
    }

    private static ServerPort port(OtlpProperties properties, int port) {
        return new ServerPort(new InetSocketAddress(properties.bindAddress(), port), SessionProtocol.HTTP);
    }
}
