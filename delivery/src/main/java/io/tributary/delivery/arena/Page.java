package io.tributary.delivery.arena;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An array that slices share, held by whom fills it and by each slice; when nobody holds it any more, it is handed on.
 */
final class Page {
    private final byte[] bytes;
    private final Consumer<Page> whenFree;
    private final AtomicInteger holders = new AtomicInteger();
    private volatile boolean retired;

    Page(byte[] bytes, Consumer<Page> whenFree) {
        this.bytes = bytes;
        this.whenFree = whenFree;
    }

    byte[] bytes() {
        return bytes;
    }

    Page hold() {
        holders.incrementAndGet();
        return this;
    }

    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    void release() {
        int left = holders.decrementAndGet();
        if (left < 0) {
            throw new IllegalStateException("page: released once more than held");
        }
        if (left == 0) {
            whenFree.accept(this);
        }
    }
}
