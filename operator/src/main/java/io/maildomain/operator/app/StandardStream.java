package io.maildomain.operator.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where verbs print. */
enum StandardStream {
    OUT(1, FileDescriptor.out, "stdout.encoding"),
    ERR(2, FileDescriptor.err, "stderr.encoding");

    private final int number;
    private final FileDescriptor descriptor;
    private final String encoding;

    StandardStream(int number, FileDescriptor descriptor, String encoding) {
        this.number = number;
        this.descriptor = descriptor;
        this.encoding = encoding;
    }

    /** To a terminal in its own characters, to a file or a pipe in UTF-8 whatever the locale: YAML and JSON are nothing else. */
    PrintWriter writer() {
        return new PrintWriter(
                new OutputStreamWriter(
                        new FileOutputStream(descriptor),
                        isTerminal() ? charset(System.getProperty(encoding, "")) : StandardCharsets.UTF_8),
                true);
    }

    /** Whether a person may watch it. Java by itself tells that of all streams together only. */
    boolean isTerminal() {
        Path open = Path.of("/proc/self/fd/" + number);
        try {
            return Files.exists(open)
                    ? open.toRealPath().toString().matches("/dev/(pts/|tty|console).*")
                    : System.console() != null;
        } catch (IOException closed) {
            return false;
        }
    }

    private static Charset charset(String name) {
        try {
            return name.isEmpty()
                    ? Charset.forName(System.getProperty("native.encoding", "UTF-8"))
                    : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return Charset.defaultCharset();
        }
    }
}
