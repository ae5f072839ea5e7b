package io.tributary.servers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a QuestDB leaves that was killed while it made a table, as it makes several at its first start: a folder without
 * the transaction file, which is written last, or with one that is still blank. QuestDB takes such a folder for a
 * reserved name and never starts again, although nothing is in it.
 */
final class UnfinishedTables {

    private static final String TRANSACTIONS = "_txn";

    /** Where in a transaction file the offset of the first record stands, an integer that is never 0. */
    private static final int FIRST_RECORD = 8;

    private UnfinishedTables() {}

    /**
     * Deletes them.
     *
     * @param database the folder that has a folder per table; may be missing
     */
    static void delete(Path database) throws IOException {
        if (!Files.isDirectory(database)) {
            return;
        }
        try (var tables = Files.newDirectoryStream(database, "[!.]*")) {
            for (Path table : tables) {
                if (Files.isDirectory(table) && isUnfinished(table)) {
                    deleteFolder(table);
                }
            }
        }
    }

    private static boolean isUnfinished(Path table) throws IOException {
        return !hasTransactions(table.resolve(TRANSACTIONS)) && !hasRows(table);
    }

    private static boolean hasTransactions(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(FIRST_RECORD + Integer.BYTES);
            return head.length == FIRST_RECORD + Integer.BYTES
                    && ByteBuffer.wrap(head).getInt(FIRST_RECORD) != 0;
        }
    }

    /** Rows are in folders, one a partition: a table with any was once finished, and is left to its owner to mend. */
    private static boolean hasRows(Path table) throws IOException {
        try (Stream<Path> entries = Files.list(table)) {
            return entries.anyMatch(Files::isDirectory);
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
