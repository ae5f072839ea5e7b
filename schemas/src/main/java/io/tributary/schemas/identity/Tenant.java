package io.tributary.schemas.identity;

import java.util.regex.Pattern;

/**
 * Who a record belongs to. A name is 1 to 64 of a-z, 0-9, underscore and dot, and does not begin with a dot, so that it
 * can stand in every store's names.
 */
public final class Tenant {
    /** The tenant of those who name none. */
    public static final String DEFAULT = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_.]{0,63}");

    private Tenant() {}

    /** Whether the name is well formed; null is not. */
    public static boolean isValid(String name) {
        // The default is by far the most frequent name; spare it the regular expression.
        return DEFAULT.equals(name) || (name != null && NAME.matcher(name).matches());
    }
}
