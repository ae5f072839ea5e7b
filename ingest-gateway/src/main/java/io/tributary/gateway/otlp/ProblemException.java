package io.tributary.gateway.otlp;

/** A request that cannot be taken as a whole. It carries no stack trace: bad requests are nothing exceptional. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Problem problem;

    ProblemException(Problem problem, String message) {
        super(message, null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
