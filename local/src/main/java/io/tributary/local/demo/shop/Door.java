package io.tributary.local.demo.shop;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongUpDownCounter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.tributary.local.demo.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service's HTTP server on a free port of the loopback interface, with a span, a duration and a count of active
 * requests for each request. OpenTelemetry: semantic conventions for HTTP.
 */
final class Door implements AutoCloseable {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int SERVER_ERROR = 500;

    private final Telemetry telemetry;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final DoubleHistogram durations;
    private final LongUpDownCounter active;

    /** What the service does with a request. */
    @FunctionalInterface
    interface Room {
        /** Answers, given what is after the route; throws if it fails. */
        Reply serve(String rest) throws IOException, InterruptedException;
    }

    Door(Telemetry telemetry) throws IOException {
        this.telemetry = telemetry;
        durations = telemetry
                .meter()
                .histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0))
                .build();
        active = telemetry
                .meter()
                .upDownCounterBuilder("http.server.active_requests")
                .setUnit("{request}")
                .build();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    /** Serves this route and all below it. */
    Door open(String route, Room room) {
        server.createContext(route, exchange -> {
            try (exchange) {
                answer(exchange, route, room);
            }
        });
        return this;
    }

    /** Where the route of this server is. */
    URI at(String route) {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + route);
    }

    private void answer(HttpExchange exchange, String route, Room room) throws IOException {
        String method = exchange.getRequestMethod();
        Context caller =
                telemetry.propagator().extract(Context.current(), exchange.getRequestHeaders(), new HeaderGetter());
        Span span = telemetry
                .tracer()
                .spanBuilder(method + " " + route)
                .setParent(caller)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, method)
                .setAttribute(ROUTE, route)
                .setAttribute("url.path", exchange.getRequestURI().getPath())
                .setAttribute("url.scheme", "http")
                .startSpan();
        long begin = System.nanoTime();
        active.add(1, Attributes.of(METHOD, method));
        Reply reply;
        try (Scope _ = span.makeCurrent()) {
            reply = serve(room, exchange.getRequestURI().getPath().substring(route.length()), span);
            Attributes attributes = Attributes.of(METHOD, method, ROUTE, route, STATUS, Long.valueOf(reply.status()));
            durations.record((System.nanoTime() - begin) / 1e9, attributes);
        } finally {
            active.add(-1, Attributes.of(METHOD, method));
            span.end();
        }
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private Reply serve(Room room, String rest, Span span) {
        Reply reply;
        try {
            reply = room.serve(rest);
        } catch (IOException | RuntimeException e) {
            reply = fail(span, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reply = fail(span, e);
        }
        span.setAttribute(STATUS, Long.valueOf(reply.status()));
        if (reply.status() >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
        return reply;
    }

    private Reply fail(Span span, Exception cause) {
        span.recordException(cause);
        span.setAttribute("error.type", cause.getClass().getName());
        telemetry.log(
                Severity.ERROR,
                "request failed: " + cause.getMessage(),
                Attributes.of(
                        AttributeKey.stringKey("exception.type"),
                        cause.getClass().getName(),
                        AttributeKey.stringKey("exception.message"),
                        String.valueOf(cause.getMessage())));
        return new Reply(SERVER_ERROR, "");
    }

    @Override
    public void close() {
        server.stop(1);
        threads.close();
    }

    private static final class HeaderGetter implements TextMapGetter<Headers> {
        @Override
        public Iterable<String> keys(Headers headers) {
            return headers.keySet();
        }

        @Override
        public String get(Headers headers, String name) {
            return headers == null ? null : headers.getFirst(name);
        }
    }
}
