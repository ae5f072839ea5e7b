package io.tributary.servers;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, read without reading all of it. */
public final class LogFile {

    private static final int MAX_BYTES = 64 * 1024;

    private LogFile() {}

    /** The last lines, oldest first, of at most the last 64 KiB; none if the file cannot be read. */
    public static List<String> tail(Path log, int lines) {
        if (!Files.isReadable(log)) {
            return List.of();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            int length = (int) Math.min(MAX_BYTES, file.length());
            var bytes = new byte[length];
            file.seek(file.length() - length);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
        }
    }
}
