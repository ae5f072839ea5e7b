package io.tributary.traces.assembly;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory in which all partitions of a process hold traces: how much of it is used, and pages outside the heap for
 * the bytes of spans. Pages are used again and never given up, so there are as many as were ever needed at once.
 */
public final class TraceMemory {
    private static final int PAGE_BYTES = 64 << 10;

    private final long maxBytes;
    private final int pageBytes;
    private final AtomicLong used = new AtomicLong();
    private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

    /** Memory of which not much more than this may be used, in bytes. */
    public TraceMemory(long maxBytes) {
        this(maxBytes, PAGE_BYTES);
    }

    /** Such memory, in pages of this size. */
    public TraceMemory(long maxBytes, int pageBytes) {
        this.maxBytes = maxBytes;
        this.pageBytes = pageBytes;
    }

    /** How much is used, in bytes. */
    public long usedBytes() {
        return used.get();
    }

    /** Whether more is used than may be. */
    public boolean isShort() {
        return used.get() > maxBytes;
    }

    /** Whether what is used is somewhat less than what may be. */
    public boolean hasRoom() {
        return used.get() <= maxBytes / 8 * 7;
    }

    /** Notes that so many bytes more are used; fewer, if negative. */
    public void use(long bytes) {
        used.addAndGet(bytes);
    }

    int pageBytes() {
        return pageBytes;
    }

    ByteBuffer takePage() {
        ByteBuffer page = free.poll();
        return page == null ? ByteBuffer.allocateDirect(pageBytes) : page;
    }

    void giveBack(ByteBuffer page) {
        free.add(page);
    }
}
