package io.tributary.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a QuestDB leaves that was killed while it made a table, as it makes several at its first start, or emptied one,
 * as it does at every start: a folder without the transaction file, which is written last, or where that file or the
 * index of a symbol column is still blank. QuestDB takes such a folder for a reserved name or for damaged, and never
 * starts again, although no row is in it.
 */
final class UnfinishedTables {

    private static final String TRANSACTIONS = "_txn";
    private static final String INDICES = "*.k";

    /** At the head of both kinds of file, once it is written, something is not 0 within so many bytes. */
    private static final int HEAD = 16;

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
        return !hasRows(table) && (isBlank(table.resolve(TRANSACTIONS)) || hasBlankIndex(table));
    }

    private static boolean hasBlankIndex(Path table) throws IOException {
        try (var indices = Files.newDirectoryStream(table, INDICES)) {
            for (Path index : indices) {
                if (isBlank(index)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isBlank(Path file) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        try (var in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(HEAD);
            return Arrays.equals(head, new byte[head.length]);
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
