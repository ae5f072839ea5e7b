package io.tributary.alerts.http;

import tools.jackson.databind.json.JsonMapper;

/** A text as JSON. */
final class JsonText {
    private JsonText() {}

    /** The text in quotes. */
    static String of(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }
}
