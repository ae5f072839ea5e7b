package io.tributary.connect.elasticsearch;

import io.tributary.schemas.identity.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Names of indices. Jaeger's are {@code jaeger-span-YYYY-MM-DD} by the UTC day of the event; those of a tenant other
 * than the default have the index prefix {@code tenant-<tenant>} in Jaeger's sense, so that a Jaeger with that prefix
 * shows that tenant and no other.
 */
final class IndexNames {
    private IndexNames() {}

    static String jaegerSpan(String tenant, long unixNano) {
        return jaeger(tenant, "span", unixNano);
    }

    static String jaegerService(String tenant, long unixNano) {
        return jaeger(tenant, "service", unixNano);
    }

    static String jaegerDependencies(String tenant, long unixNano) {
        return jaeger(tenant, "dependencies", unixNano);
    }

    static String traces(String tenant) {
        return "traces-tributary-" + tenant;
    }

    static String serviceEdges(long unixNano) {
        return "tributary-service-edges-" + day(unixNano);
    }

    private static String jaeger(String tenant, String what, long unixNano) {
        String prefix = tenant.equals(Tenant.DEFAULT) ? "" : "tenant-" + tenant + '-';
        return prefix + "jaeger-" + what + '-' + day(unixNano);
    }

    private static LocalDate day(long unixNano) {
        return instant(unixNano).atZone(ZoneOffset.UTC).toLocalDate();
    }

    static Instant instant(long unixNano) {
        return Instant.EPOCH.plusNanos(unixNano);
    }

    static long micros(long nanos) {
        return TimeUnit.NANOSECONDS.toMicros(nanos);
    }
}
