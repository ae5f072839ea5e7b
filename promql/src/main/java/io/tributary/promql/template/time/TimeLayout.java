package io.tributary.promql.template.time;

import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes times by an example, the second of January 2006, 15:04:05 at -0700. Go: time, "Layout". */
final class TimeLayout {

    private static final Pattern ELEMENT = Pattern.compile("January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|2006|15|PM|pm"
            + "|002|01|02|03|04|05|06|__2|_2(?!006)|[Z-]07(?:00(?:00)?|:00(?::00)?)?|[.,]0+(?![0-9])|[.,]9+(?![0-9])"
            + "|[12345]");

    private TimeLayout() {}

    static String format(OffsetDateTime time, String layout) {
        return ELEMENT.matcher(layout).replaceAll(found -> Matcher.quoteReplacement(element(time, found)));
    }

    private static String element(OffsetDateTime time, MatchResult found) {
        String element = found.group();
        return switch (element) {
            case "January" -> time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Jan" -> time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "Monday" -> time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case "Mon" -> time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case "MST" -> time.getOffset().getTotalSeconds() == 0 ? "UTC" : offset(time, "-0700");
            case "2006" -> padded(time.getYear(), 4, '0');
            case "06" -> padded(Math.floorMod(time.getYear(), 100), 2, '0');
            case "01" -> padded(time.getMonthValue(), 2, '0');
            case "1" -> "" + time.getMonthValue();
            case "02" -> padded(time.getDayOfMonth(), 2, '0');
            case "_2" -> padded(time.getDayOfMonth(), 2, ' ');
            case "2" -> "" + time.getDayOfMonth();
            case "002" -> padded(time.getDayOfYear(), 3, '0');
            case "__2" -> padded(time.getDayOfYear(), 3, ' ');
            case "15" -> padded(time.getHour(), 2, '0');
            case "03" -> padded(hourOfHalf(time), 2, '0');
            case "3" -> "" + hourOfHalf(time);
            case "04" -> padded(time.getMinute(), 2, '0');
            case "4" -> "" + time.getMinute();
            case "05" -> padded(time.getSecond(), 2, '0');
            case "5" -> "" + time.getSecond();
            case "PM" -> time.getHour() < 12 ? "AM" : "PM";
            case "pm" -> time.getHour() < 12 ? "am" : "pm";
            default -> "Z-".indexOf(element.charAt(0)) >= 0 ? offset(time, element) : fraction(time, element);
        };
    }

    private static int hourOfHalf(OffsetDateTime time) {
        return time.getHour() % 12 == 0 ? 12 : time.getHour() % 12;
    }

    private static String offset(OffsetDateTime time, String element) {
        int seconds = time.getOffset().getTotalSeconds();
        if (element.startsWith("Z") && seconds == 0) {
            return "Z";
        }
        String colon = element.contains(":") ? ":" : "";
        int size = Math.abs(seconds);
        int parts = element.replace(":", "").length() / 2;
        return (seconds < 0 ? "-" : "+")
                + padded(size / 3600, 2, '0')
                + (parts > 1 ? colon + padded(size / 60 % 60, 2, '0') : "")
                + (parts > 2 ? colon + padded(size % 60, 2, '0') : "");
    }

    /** Of a second: as many digits as zeros, or without zeros at the end where nines stand. */
    private static String fraction(OffsetDateTime time, String element) {
        int digits = Math.min(9, element.length() - 1);
        String fraction = padded(time.getNano(), 9, '0').substring(0, digits);
        if (element.charAt(1) == '9') {
            fraction = fraction.replaceAll("0+$", "");
        }
        return fraction.isEmpty() ? "" : element.charAt(0) + fraction;
    }

    private static String padded(int number, int width, char with) {
        String digits = Integer.toString(number);
        return String.valueOf(with).repeat(Math.max(0, width - digits.length())) + digits;
    }
}
