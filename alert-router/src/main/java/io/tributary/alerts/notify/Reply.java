package io.tributary.alerts.notify;

import java.net.URI;
import java.util.Optional;

/**
 * What came back from a receiver.
 *
 * @param from the address that answered, which is another than the receiver's where that has moved
 * @param status the HTTP status
 * @param location where the answer says that the address has moved; empty if it does not say so, or says no http or
 *     https address
 */
record Reply(URI from, int status, Optional<URI> location) {
    private static final int TEMPORARY_REDIRECT = 307;
    private static final int PERMANENT_REDIRECT = 308;

    /** What the status means. */
    Answer answer() {
        return Answer.of(status);
    }

    /**
     * Where to post the message instead; empty if it is not to be posted elsewhere. With any other status than 307 and
     * 308, clients ask the new address by GET, without the message, and would take what that answers for a delivery. A
     * message that was to go by https goes by nothing else.
     */
    Optional<URI> movedTo() {
        boolean keepsTheMessage = status == TEMPORARY_REDIRECT || status == PERMANENT_REDIRECT;
        return location.filter(to -> keepsTheMessage
                && (to.getScheme().equalsIgnoreCase("https") || from.getScheme().equalsIgnoreCase("http")));
    }

    /** Who answered what; of addresses no more than the host, since the rest may hold a secret. */
    @Override
    public String toString() {
        return origin(from) + " answered " + status
                + location.filter(to -> status / 100 == 3)
                        .map(to -> ", moved to " + origin(to)
                                + " (expected: 2xx; a POST follows 307 and 308, not from https to http)")
                        .orElse("");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getHost() + (address.getPort() < 0 ? "" : ":" + address.getPort());
    }
}
