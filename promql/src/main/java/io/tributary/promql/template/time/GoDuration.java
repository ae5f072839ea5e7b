package io.tributary.promql.template.time;

import io.tributary.promql.template.Function;
import io.tributary.promql.template.Struct;
import io.tributary.promql.template.Type;
import java.math.BigDecimal;
import java.util.Optional;

/** A length of time. Go: time, "Duration". */
public record GoDuration(long nanos) implements Struct, Comparable<GoDuration> {

    public static final Type TYPE = new Type("time.Duration", GoDuration.class);

    private static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    @Override
    public String typeName() {
        return TYPE.name();
    }

    @Override
    public Optional<Object> field(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "String" -> Function.of(name, args -> toString());
                    case "Nanoseconds" -> Function.of(name, args -> nanos);
                    case "Microseconds" -> Function.of(name, args -> nanos / 1000);
                    case "Milliseconds" -> Function.of(name, args -> nanos / 1_000_000);
                    case "Seconds" -> Function.of(name, args -> (double) nanos / SECOND);
                    case "Minutes" -> Function.of(name, args -> (double) nanos / MINUTE);
                    case "Hours" -> Function.of(name, args -> (double) nanos / HOUR);
                    case "Abs" -> Function.of(name, args -> new GoDuration(Math.abs(nanos)));
                    case "Truncate" -> Function.of(name, args -> truncated(((GoDuration) args.getFirst()).nanos), TYPE);
                    case "Round" -> Function.of(name, args -> rounded(((GoDuration) args.getFirst()).nanos), TYPE);
                    default -> null;
                });
    }

    private GoDuration truncated(long unit) {
        return unit <= 0 ? this : new GoDuration(nanos - nanos % unit);
    }

    private GoDuration rounded(long unit) {
        if (unit <= 0) {
            return this;
        }
        long rest = Math.abs(nanos % unit);
        long less = nanos - nanos % unit;
        return new GoDuration(rest * 2 < unit ? less : less + Long.signum(nanos) * unit);
    }

    @Override
    public int compareTo(GoDuration other) {
        return Long.compare(nanos, other.nanos);
    }

    /** For instance {@code 1h0m2.5s}, {@code 100ms}. */
    @Override
    public String toString() {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long size = Math.abs(nanos);
        if (size < 1000) {
            return sign + size + "ns";
        }
        if (size < 1_000_000) {
            return sign + decimal(size, 3) + "µs";
        }
        if (size < SECOND) {
            return sign + decimal(size, 6) + "ms";
        }
        String hours = size >= HOUR ? size / HOUR + "h" : "";
        String minutes = size >= MINUTE ? size / MINUTE % 60 + "m" : "";
        return sign + hours + minutes + decimal(size % MINUTE, 9) + "s";
    }

    private static String decimal(long nanos, int scale) {
        BigDecimal number = BigDecimal.valueOf(nanos, scale);
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
