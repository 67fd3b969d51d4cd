package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A D1 database.
 *
 * @param content the SQLite file, compressed; empty: nothing was written yet
 * @param timeTravel what it held before, oldest first; the last one is what it holds
 * @param writes how often it was written
 */
public record Database(
        String uuid,
        String name,
        Instant createdAt,
        String jurisdiction,
        byte[] content,
        long size,
        int tables,
        long writes,
        List<Moment> timeTravel) {

    /** How many states of a database it can go back to. */
    public static final int KEPT = 50;

    /** How many bytes those may have together. */
    private static final long KEPT_BYTES = 32L << 20;

    public Database {
        name = Required.text(name, "a database's name");
        uuid = uuid == null ? UUID.randomUUID().toString() : uuid;
        content = content == null ? new byte[0] : content.clone();
        timeTravel = timeTravel == null ? List.of() : List.copyOf(timeTravel);
    }

    /** A database with nothing in it. */
    public static Database empty(String name, String jurisdiction, Instant now) {
        return new Database(null, name, now, jurisdiction, null, 0, 0, 0, null).completed(now);
    }

    /** The same database with times where it has none. */
    public Database completed(Instant now) {
        Instant created = createdAt == null ? now : createdAt;
        List<Moment> moments = timeTravel.isEmpty()
                ? List.of(new Moment(bookmark(writes), created, content, size, tables))
                : timeTravel;
        return new Database(uuid, name, created, jurisdiction, content, size, tables, writes, moments);
    }

    @Override
    public byte[] content() {
        return content.clone();
    }

    /** The name of what it holds now. */
    public String currentBookmark() {
        return timeTravel.get(timeTravel.size() - 1).bookmark();
    }

    /** Holding something else from now on. */
    public Database holding(byte[] changed, long changedSize, int changedTables, Instant now) {
        long count = writes + 1;
        List<Moment> all =
                Lists.with(timeTravel, new Moment(bookmark(count), now, changed, changedSize, changedTables));
        return new Database(
                uuid, name, createdAt, jurisdiction, changed, changedSize, changedTables, count, bounded(all));
    }

    private static List<Moment> bounded(List<Moment> all) {
        int from = Math.max(0, all.size() - KEPT);
        long bytes = all.stream()
                .skip(from)
                .mapToLong(moment -> moment.content.length)
                .sum();
        while (bytes > KEPT_BYTES && from < all.size() - 1) {
            bytes -= all.get(from).content.length;
            from++;
        }
        return all.subList(from, all.size());
    }

    private String bookmark(long count) {
        return String.format("%08x-%08x-%08x-%s", count, 0, 0x4f1b, uuid.replace("-", ""));
    }

    /** What a database held from one time on. */
    public record Moment(String bookmark, Instant since, byte[] content, long size, int tables) {

        public Moment {
            bookmark = Required.text(bookmark, "a bookmark");
            content = content == null ? new byte[0] : content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }
    }
}
