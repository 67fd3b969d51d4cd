package io.maildomain.operator.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives every flag its environment variable: {@code --drift-interval} is {@code MAILDOMAIN_DRIFT_INTERVAL}. Some have a second name that others set already. A flag wins over its variable, a
 * variable over the default; a blank variable counts as absent.
 */
public final class Environment implements IDefaultValueProvider {

    private static final Map<String, String> SECOND_NAMES = Map.of(
            "--operator-namespace", "POD_NAMESPACE",
            "--pod-name", "POD_NAME",
            "--cloudflare-api-base-url", "CLOUDFLARE_API_BASE_URL",
            "--https-proxy", "HTTPS_PROXY",
            "--no-proxy", "NO_PROXY");

    private final UnaryOperator<String> variables;

    /** @param variables the value of a variable, or null, as {@link System#getenv(String)} */
    public Environment(UnaryOperator<String> variables) {
        this.variables = Objects.requireNonNull(variables, "variables");
    }

    /** The variables of a flag, the winning one first; none for {@code --help} and its like. */
    static List<String> names(OptionSpec flag) {
        if (flag.usageHelp() || flag.versionHelp()) {
            return List.of();
        }
        String name = flag.longestName();
        String own =
                "MAILDOMAIN_" + name.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
        return Stream.concat(Stream.of(own), Optional.ofNullable(SECOND_NAMES.get(name)).stream())
                .toList();
    }

    /** The variable that gives this flag its value, if one does. */
    public Optional<String> source(ArgSpec flag) {
        if (!(flag instanceof OptionSpec option)) {
            return Optional.empty();
        }
        return names(option).stream().filter(this::isSet).findFirst();
    }

    @Override
    public @Nullable String defaultValue(ArgSpec flag) {
        return source(flag).map(variables).map(String::strip).orElse(null);
    }

    private boolean isSet(String name) {
        String value = variables.apply(name);
        return value != null && !value.isBlank();
    }
}
