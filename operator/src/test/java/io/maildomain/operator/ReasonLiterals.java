package io.maildomain.operator;

import io.maildomain.api.v1alpha1.Reason;
import io.maildomain.operator.status.ConditionType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Looks for reasons that are written as texts in sources: they are constants of {@link Reason}. */
final class ReasonLiterals {
    private static final Pattern TEXT = Pattern.compile("\"([A-Z][A-Za-z]+)\"");

    /** A type of condition may bear the name of its best reason: that one is written here. */
    private static final String TYPES = ConditionType.class.getSimpleName() + ".java";

    private static final Set<String> REASONS =
            Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toUnmodifiableSet());

    private ReasonLiterals() {}

    /** File and text of each. */
    static List<String> in(Path sources) throws IOException {
        return JavaSource.below(sources).stream()
                .filter(source -> !source.isNamed(TYPES))
                .flatMap(source -> of(source).stream())
                .toList();
    }

    private static List<String> of(JavaSource source) {
        List<String> found = new ArrayList<>();
        Matcher text = TEXT.matcher(source.text());
        while (text.find()) {
            if (REASONS.contains(text.group(1))) {
                found.add(source + ": " + text.group(1));
            }
        }
        return found;
    }
}
