package io.tributary.local.demo.shop;

/**
 * What a service answers.
 *
 * @param status HTTP status
 * @param body a short text
 */
record Reply(int status, String body) {
    private static final int OK = 200;
    private static final int CLIENT_ERROR = 400;

    static Reply ok(String body) {
        return new Reply(OK, body);
    }

    boolean isOk() {
        return status < CLIENT_ERROR;
    }
}
