package io.tributary.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnfinishedTablesTest {

    private static final byte[] BLANK = new byte[4096];
    private static final byte[] WRITTEN =
            ByteBuffer.allocate(4096).putInt(8, 64).array();

    @TempDir
    private Path database;

    @Test
    void aFolderThatIsEmptyGoes() throws IOException {
        Path table = Files.createDirectory(database.resolve("sys.text_import_log"));
        UnfinishedTables.delete(database);
        assertThat(table).doesNotExist();
    }

    @Test
    void aTableWithoutATransactionFileGoes() throws IOException {
        Path table = table("sys.text_import_log");
        UnfinishedTables.delete(database);
        assertThat(table).doesNotExist();
    }

    @Test
    void aTableWhoseTransactionFileIsBlankOrShortGoes() throws IOException {
        Path blank = table("telemetry_config");
        Files.write(blank.resolve("_txn"), BLANK);
        Path empty = table("_query_trace");
        Files.createFile(empty.resolve("_txn"));
        UnfinishedTables.delete(database);
        assertThat(blank).doesNotExist();
        assertThat(empty).doesNotExist();
    }

    @Test
    void aTableWithABlankIndexGoes() throws IOException {
        Path table = table("sys.column_versions_purge_log");
        Files.write(table.resolve("_txn"), WRITTEN);
        Files.write(table.resolve("table_name.k"), BLANK);
        UnfinishedTables.delete(database);
        assertThat(table).doesNotExist();
    }

    @Test
    void aFinishedTableStays() throws IOException {
        Path table = table("cpu_usage~12");
        Files.write(table.resolve("_txn"), WRITTEN);
        Files.write(table.resolve("host.k"), WRITTEN);
        UnfinishedTables.delete(database);
        assertThat(table.resolve("_meta")).exists();
        assertThat(table.resolve("_txn")).exists();
    }

    @Test
    void aTableWithRowsStaysEvenWithoutItsTransactionFile() throws IOException {
        Path table = table("cpu_usage~12");
        Files.createDirectory(table.resolve("2026-01-01"));
        UnfinishedTables.delete(database);
        assertThat(table.resolve("_meta")).exists();
    }

    @Test
    void whatIsNoTableStays() throws IOException {
        Path file = Files.createFile(database.resolve("tables.d.0"));
        Path hidden = Files.createDirectory(database.resolve(".checkpoint"));
        UnfinishedTables.delete(database);
        assertThat(file).exists();
        assertThat(hidden).exists();
    }

    @Test
    void aDatabaseThatWasNeverStartedIsFine() throws IOException {
        UnfinishedTables.delete(database.resolve("missing"));
    }

    private Path table(String name) throws IOException {
        Path table = Files.createDirectory(database.resolve(name));
        Files.createFile(table.resolve("_meta"));
        return table;
    }
}
