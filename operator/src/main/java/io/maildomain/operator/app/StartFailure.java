package io.maildomain.operator.app;

import java.util.LinkedHashSet;
import java.util.Set;

/** The program cannot do what it was asked to. The message is the one line that people see: what is wrong, and what to do. */
final class StartFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** In one line what went wrong and why, from the outermost to the innermost cause, nothing said twice. */
    static String explain(Throwable failure) {
        Set<String> words = new LinkedHashSet<>();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String message = each.getMessage() == null ? each.getClass().getSimpleName() : each.getMessage();
            if (words.stream().noneMatch(said -> said.contains(message))) {
                words.add(message.strip().replaceAll("\\s*\\R\\s*", " "));
            }
            if (each instanceof StartFailure) {
                break;
            }
        }
        return String.join(": ", words);
    }
}
