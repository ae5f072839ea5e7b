package io.tributary.gateway.otlp;

/** What a client is told of its request, whatever the protocol. */
sealed interface Answer {
    /**
     * Every record is on Kafka, but for those that were refused for good.
     *
     * @param rejected how many were refused; 0 when none
     * @param message why; empty when none
     */
    record Taken(long rejected, String message) implements Answer {}

    /**
     * The request was not taken.
     *
     * @param problem why
     * @param message why, for people; no payload
     */
    record NotTaken(Problem problem, String message) implements Answer {
        /** The request was not done when its time was over; what of it is on Kafka may come a second time. */
        static final NotTaken LATE =
                new NotTaken(Problem.UNAVAILABLE, "the request was not done in time; send it again");
    }

    /** The word for meters. */
    default String label() {
        return switch (this) {
            case Taken taken -> taken.rejected() == 0 ? "taken" : "taken_in_part";
            case NotTaken not -> not.problem().label();
        };
    }
}
