package io.tributary.promql.template.time;

import io.tributary.promql.template.Function;
import io.tributary.promql.template.Struct;
import io.tributary.promql.template.Type;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;

/** A moment, with what Go's {@code time.Time} can do that templates have a use for. */
public record GoTime(OffsetDateTime time) implements Struct {

    public static final Type TYPE = new Type("time.Time", GoTime.class);

    /** The moment in UTC. */
    public static GoTime of(Instant instant) {
        return new GoTime(instant.atOffset(ZoneOffset.UTC));
    }

    @Override
    public String typeName() {
        return TYPE.name();
    }

    @Override
    public Optional<Object> field(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "Format" ->
                        Function.of(name, args -> TimeLayout.format(time, (String) args.getFirst()), Type.STRING);
                    case "String" -> Function.of(name, args -> toString());
                    case "UTC" -> Function.of(name, args -> of(time.toInstant()));
                    case "Add" ->
                        Function.of(name, args -> plus(((GoDuration) args.getFirst()).nanos()), GoDuration.TYPE);
                    case "Sub" -> Function.of(name, args -> since((GoTime) args.getFirst()), TYPE);
                    case "AddDate" ->
                        Function.of(
                                name,
                                args -> new GoTime(time.plusYears((Long) args.get(0))
                                        .plusMonths((Long) args.get(1))
                                        .plusDays((Long) args.get(2))),
                                Type.INT,
                                Type.INT,
                                Type.INT);
                    case "Before" -> Function.of(name, args -> time.isBefore(((GoTime) args.getFirst()).time), TYPE);
                    case "After" -> Function.of(name, args -> time.isAfter(((GoTime) args.getFirst()).time), TYPE);
                    case "Equal" -> Function.of(name, args -> time.isEqual(((GoTime) args.getFirst()).time), TYPE);
                    case "IsZero" -> Function.of(name, args -> time.toEpochSecond() == ZERO);
                    default -> number(name);
                });
    }

    /** The first of January of the year 1, which in Go means that there is no time. In seconds since the epoch. */
    private static final long ZERO = -62_135_596_800L;

    private Function number(String name) {
        return switch (name) {
            case "Unix" -> Function.of(name, args -> time.toEpochSecond());
            case "UnixMilli" -> Function.of(name, args -> time.toInstant().toEpochMilli());
            case "UnixMicro" -> Function.of(name, args -> time.toEpochSecond() * 1_000_000 + time.getNano() / 1000);
            case "UnixNano" -> Function.of(name, args -> time.toEpochSecond() * 1_000_000_000 + time.getNano());
            case "Year" -> Function.of(name, args -> (long) time.getYear());
            case "Month" -> Function.of(name, args -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "Weekday" ->
                Function.of(name, args -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
            case "Day" -> Function.of(name, args -> (long) time.getDayOfMonth());
            case "YearDay" -> Function.of(name, args -> (long) time.getDayOfYear());
            case "Hour" -> Function.of(name, args -> (long) time.getHour());
            case "Minute" -> Function.of(name, args -> (long) time.getMinute());
            case "Second" -> Function.of(name, args -> (long) time.getSecond());
            case "Nanosecond" -> Function.of(name, args -> (long) time.getNano());
            default -> null;
        };
    }

    private GoTime plus(long nanos) {
        return new GoTime(time.plusNanos(nanos));
    }

    private GoDuration since(GoTime other) {
        return new GoDuration(Duration.between(other.time, time).toNanos());
    }

    /** For instance {@code 2015-06-23 13:19:44.128 +0000 UTC}. */
    @Override
    public String toString() {
        return TimeLayout.format(time, "2006-01-02 15:04:05.999999999 -0700 MST");
    }
}
