package io.tributary.benchmarks.workload;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rules over the points of {@link Workloads#points}, which want each of them once: a group for each metric and route,
 * with a rule of each of the usual kinds, all of which can be split by the server's port. None of them fires.
 */
public final class PointRules {
    /** How many rules there are; half of them record. */
    public static final int COUNT = Workloads.METRICS * Workloads.ROUTES.size() * 4;

    private PointRules() {}

    /** The rules as a file, evaluated every fifteen seconds. */
    public static String file() {
        return IntStream.range(0, Workloads.METRICS)
                .boxed()
                .flatMap(metric -> Workloads.ROUTES.stream().map(route -> group(metric, route)))
                .collect(Collectors.joining("", "groups:\n", ""));
    }

    private static String group(int metric, String route) {
        String series = "http_server_requests_%d_total{http_route=\"%s\"}".formatted(metric, route);
        return """
                  - name: 'requests %d of %s'
                    interval: 15s
                    rules:
                      - {record: 'port:requests_%d:rate2m', expr: 'sum by (http_route, server_port) (rate(%s[2m]))'}
                      - {record: 'tier:requests_%d:max', expr: 'max by (http_route, server_port, user_tier) (%s)'}
                      - {alert: Many, expr: '%s > 1e12', for: 1m}
                      - {alert: ManyOfLate, expr: 'max_over_time(%s[2m]) > 1e12', for: 1m}
                """.formatted(metric, route, metric, series, metric, series, series, series);
    }
}
