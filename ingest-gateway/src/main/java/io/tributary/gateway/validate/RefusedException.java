package io.tributary.gateway.validate;

/** A record breaks a rule. It carries no stack trace, since a request may hold many such records. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Refusal refusal;

    /** A record that is refused for this reason. */
    public RefusedException(Refusal refusal) {
        super(refusal.label(), null, false, false);
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
