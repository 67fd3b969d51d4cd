package io.maildomain.harness.demo;

import java.util.ArrayList;
import java.util.List;

/** Lays rows out as text, in columns, no line wider than the terminal. */
record Table(int columns) {

    private static final String GAP = "  ";

    List<String> lines(List<Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("RESOURCE", "STEP", "READY", "REASON", "MESSAGE"));
        rows.forEach(row -> cells.add(List.of(row.resource(), row.step(), row.ready(), row.reason(), row.message())));
        return cells.stream().map(line -> line(line, widths(cells))).toList();
    }

    private static int[] widths(List<List<String>> cells) {
        int[] widths = new int[cells.get(0).size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            line.append(cell).append(" ".repeat(widths[i] - cell.length())).append(GAP);
        }
        return shortened(line.toString().stripTrailing());
    }

    private String shortened(String line) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns - 1)) + "…";
    }
}
