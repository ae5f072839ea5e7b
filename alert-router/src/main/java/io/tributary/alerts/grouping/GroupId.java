package io.tributary.alerts.grouping;

import io.tributary.schemas.avro.NotificationKey;
import java.util.List;

/** A group's key as a text, for the state stores. No part of it can hold the separator: label values are quoted. */
public final class GroupId {
    private static final String SEPARATOR = "\0";

    private GroupId() {}

    /** The text of a key. */
    public static String of(NotificationKey key) {
        return String.join(SEPARATOR, key.getTenant(), key.getReceiver(), key.getGroupKey());
    }

    /** The key of a text. */
    public static NotificationKey parse(String id) {
        List<String> parts = List.of(id.split(SEPARATOR, -1));
        return new NotificationKey(parts.get(0), parts.get(2), parts.get(1));
    }

    /** What the keys of the group's alerts begin with. */
    public static String members(String id) {
        return id + SEPARATOR;
    }

    /** The key of one alert of the group. */
    public static String member(String id, String fingerprint) {
        return members(id) + fingerprint;
    }

    /** The group of the alert with this key. */
    public static String ofMember(String member) {
        return member.substring(0, member.lastIndexOf(SEPARATOR));
    }
}
