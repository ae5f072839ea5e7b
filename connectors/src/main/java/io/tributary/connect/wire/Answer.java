package io.tributary.connect.wire;

/**
 * A store's answer to a request.
 *
 * @param status the HTTP status
 * @param body the body, as text
 */
public record Answer(int status, String body) {
    private static final int MAX_SHOWN = 500;

    /** What to do about it. */
    public enum Verdict {
        /** Everything is stored. */
        TAKEN,
        /** Something in the request can never be stored. */
        REFUSED,
        /** The request is too large. */
        TOO_LARGE,
        /** Try the same again later: the store is away, overloaded, or set up otherwise than the connector thinks. */
        AGAIN
    }

    /**
     * By status alone. Wrong credentials and a wrong address (401, 403, 404, 405) hold the records as an overload does:
     * a person will mend them, and giving up would lose everything meanwhile.
     */
    public Verdict verdict() {
        return switch (status) {
            case 400, 422 -> Verdict.REFUSED;
            case 413 -> Verdict.TOO_LARGE;
            default -> status / 100 == 2 ? Verdict.TAKEN : Verdict.AGAIN;
        };
    }

    /** For people: the status and the beginning of the body. */
    public String describe() {
        String text = body.strip();
        return "HTTP " + status + ": " + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text);
    }
}
