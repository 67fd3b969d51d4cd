package io.maildomain.simulator.d1;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Envelope;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.state.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** Time Travel: what a database held at a time has a name, and can be brought back. */
public final class TimeTravelOperations {

    private static final String BOOKMARK = "bookmark";

    private TimeTravelOperations() {}

    public static List<Route> routes() {
        return new Route.Collector()
                .get(Databases.ONE + "/time_travel/bookmark", Databases.READ, TimeTravelOperations::bookmark)
                .post(Databases.ONE + "/time_travel/restore", Databases.EDIT, TimeTravelOperations::restore)
                .routes();
    }

    private static Answer bookmark(Call call) {
        Database database = Databases.existing(call);
        String bookmark = call.query()
                .first("timestamp")
                .map(time -> at(database, time).bookmark())
                .orElseGet(database::currentBookmark);
        return Envelope.success(JsonNodeFactory.instance.objectNode().put(BOOKMARK, bookmark));
    }

    private static Answer restore(Call call) {
        Database database = Databases.existing(call);
        Optional<String> timestamp = call.query().first("timestamp");
        Optional<String> bookmark = call.query().first(BOOKMARK);
        if (timestamp.isPresent() == bookmark.isPresent()) {
            throw Databases.failed("say either bookmark or timestamp");
        }
        Database.Moment moment = timestamp.isPresent()
                ? at(database, timestamp.get())
                : database.timeTravel().stream()
                        .filter(known -> known.bookmark().equals(bookmark.get()))
                        .findFirst()
                        .orElseThrow(() -> Databases.failed("invalid bookmark: " + bookmark.get()));
        Database restored = Databases.put(
                call.world(),
                call.account(),
                database.holding(moment.content(), moment.size(), moment.tables(), call.now()));
        return Envelope.success(JsonNodeFactory.instance
                .objectNode()
                .put(BOOKMARK, restored.currentBookmark())
                .put("previous_bookmark", database.currentBookmark())
                .put("message", "The database " + database.name() + " was restored to bookmark " + moment.bookmark()));
    }

    /** What the database held at a time. */
    private static Database.Moment at(Database database, String text) {
        Instant time = time(text);
        return database.timeTravel().stream()
                .filter(moment -> !moment.since().isAfter(time))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> Databases.failed("nothing is known of the database at " + text));
    }

    private static Instant time(String text) {
        try {
            return text.matches("\\d+")
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException | NumberFormatException e) {
            throw Databases.failed("timestamp must be a time such as 2026-11-28T08:00:00Z, or seconds since 1970");
        }
    }
}
