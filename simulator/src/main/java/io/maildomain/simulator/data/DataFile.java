package io.maildomain.simulator.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.maildomain.simulator.engine.Engine;
import io.maildomain.simulator.state.StateJson;
import io.maildomain.simulator.state.WorldState;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A file that follows the state: read at the start, written after each change by a thread of its own. */
public final class DataFile implements AutoCloseable {

    private static final long LAST_WRITE_SECONDS = 10;

    private final Path file;
    private final Engine engine;
    private final Consumer<String> complaints;
    private final Semaphore changes = new Semaphore(0);
    private final Thread writer;
    private volatile boolean closed;

    private DataFile(Path file, Engine engine, Consumer<String> complaints) {
        this.file = file;
        this.engine = engine;
        this.complaints = complaints;
        this.writer = new Thread(this::follow, "data-file");
    }

    /**
     * Loads the file if it is there, and follows the state from then on.
     *
     * @param complaints told in one line when the file cannot be written later on
     * @throws IOException saying in one line why the file cannot be read or written
     */
    public static DataFile open(Path file, Engine engine, Consumer<String> complaints) throws IOException {
        DataFile data = new DataFile(file.toAbsolutePath(), engine, complaints);
        if (Files.exists(file)) {
            data.load();
        }
        data.save();
        engine.onChange(data.changes::release);
        data.writer.setDaemon(true);
        data.writer.start();
        return data;
    }

    private void load() throws IOException {
        try {
            engine.load(StateJson.MAPPER.readValue(Files.readAllBytes(file), WorldState.class));
        } catch (JsonProcessingException e) {
            throw new IOException("holds no state: " + StateJson.reason(e), e);
        } catch (IllegalArgumentException e) {
            throw new IOException("holds no state: " + e.getMessage(), e);
        }
    }

    private void follow() {
        try {
            while (!closed) {
                changes.acquire();
                changes.drainPermits();
                trySave();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void trySave() {
        try {
            save();
        } catch (IOException e) {
            complaints.accept("cannot write " + file + ": " + e.getMessage());
        }
    }

    /** Writes beside the file and moves it into place, so that no reader ever sees half a state. */
    private void save() throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Files.write(beside, StateJson.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(engine.state()));
        try {
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes what is not yet written. */
    @Override
    public void close() {
        closed = true;
        changes.release();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(LAST_WRITE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
