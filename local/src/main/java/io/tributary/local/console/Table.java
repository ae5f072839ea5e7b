package io.tributary.local.console;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of text in columns as wide as their widest cell, two spaces apart; columns of numbers align to the right. */
public final class Table {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+|-");

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; rows may have different numbers of cells. */
    public Table row(String... cells) {
        rows.add(List.of(cells));
        return this;
    }

    /** The rows as lines, without spaces at their ends. */
    public List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        boolean[] numeric = new boolean[columns];
        IntStream.range(0, columns).forEach(column -> numeric[column] = isNumeric(column));
        return rows.stream().map(row -> line(row, widths, numeric)).toList();
    }

    /** Whether all cells but the title are numbers, or a dash for none. */
    private boolean isNumeric(int column) {
        List<String> cells = rows.stream()
                .skip(1)
                .filter(row -> column < row.size())
                .map(row -> row.get(column))
                .toList();
        return !cells.isEmpty()
                && cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches());
    }

    private static String line(List<String> row, int[] widths, boolean[] numeric) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String spaces = " ".repeat(widths[i] - row.get(i).length());
            line.append(numeric[i] ? spaces + row.get(i) : row.get(i) + spaces).append("  ");
        }
        return line.toString().stripTrailing();
    }
}
