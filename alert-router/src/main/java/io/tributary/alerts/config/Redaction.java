package io.tributary.alerts.config;

import java.util.regex.Pattern;

/** A configuration file without its secrets: webhook URLs often hold tokens. */
final class Redaction {
    private static final Pattern URL = Pattern.compile("(?m)(\\burl:\\s*).+$");

    private Redaction() {}

    static String of(String configuration) {
        return URL.matcher(configuration).replaceAll("$1<secret>");
    }
}
