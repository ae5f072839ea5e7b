package io.tributary.connect.wire;

import io.tributary.connect.sink.Fate;
import io.tributary.schemas.failure.Reason;
import io.tributary.schemas.failure.RejectedException;
import io.tributary.schemas.failure.RetryableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a batch to a store that answers for the request as a whole: a refused request is halved until the records that
 * the store cannot take stand alone. Halves of a refused batch are written again, so the store must be idempotent.
 *
 * @param <T> what is written
 */
public final class Bisection<T> {
    private final Function<List<T>, Answer> request;
    private final Function<Answer, Fate> refused;

    /**
     * A writer.
     *
     * @param request sends one request with these, not empty
     * @param refused the fate of a record that the store refused by itself
     */
    public Bisection(Function<List<T>, Answer> request, Function<Answer, Fate> refused) {
        this.request = request;
        this.refused = refused;
    }

    /** The fate of each; {@link RetryableException} if the store should be asked again later. */
    public List<Fate> write(List<T> batch) {
        Answer answer = request.apply(batch);
        return switch (answer.verdict()) {
            case TAKEN -> Collections.nCopies(batch.size(), Fate.STORED);
            case AGAIN -> throw new RetryableException(answer.describe());
            case REFUSED -> batch.size() > 1 ? halves(batch) : List.of(refused.apply(answer));
            case TOO_LARGE -> batch.size() > 1 ? halves(batch) : List.of(tooLarge(answer));
        };
    }

    private List<Fate> halves(List<T> batch) {
        int middle = batch.size() / 2;
        List<Fate> fates = new ArrayList<>(write(batch.subList(0, middle)));
        fates.addAll(write(batch.subList(middle, batch.size())));
        return fates;
    }

    private static Fate tooLarge(Answer answer) {
        return new Fate.Refused(new RejectedException(Reason.TOO_LARGE, answer.describe()));
    }
}
