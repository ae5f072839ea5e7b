package io.tributary.servers;

import java.util.List;

/** A server that did not come up, with the last lines of its log. */
public final class ServerFailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String server;
    private final String reason;
    private final transient List<String> log;

    public ServerFailedException(Server server, String reason) {
        this(server, reason, null);
    }

    ServerFailedException(Server server, String reason, Throwable cause) {
        super(server.name() + ": " + reason + ", see " + server.log(), cause);
        this.server = server.name();
        this.reason = reason;
        this.log = LogFile.tail(server.log(), 20);
    }

    /** The server's name. */
    public String server() {
        return server;
    }

    /** Why it is not up, in a few words. */
    public String reason() {
        return reason;
    }

    /** The last lines of its log, oldest first. */
    public List<String> log() {
        return log == null ? List.of() : log;
    }

    @Override
    public String getMessage() {
        return log().isEmpty() ? super.getMessage() : super.getMessage() + "\n  " + String.join("\n  ", log());
    }
}
