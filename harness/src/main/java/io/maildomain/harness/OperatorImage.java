package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/**
 * The operator's image as {@code tools/image-tree} unpacks it, and containers of it without an engine: a file system of their
 * own that is read-only, the image's user and Java. Needs Linux and root.
 *
 * @param root the image's file system
 * @param user as {@code uid:gid}
 * @param environment of the image
 * @param entrypoint the command before the arguments
 */
public record OperatorImage(Path root, String user, Map<String, String> environment, List<String> entrypoint) {

    /** Where the image has its AOT cache. */
    public static final String CACHE = "/app/operator.aot";

    private static final String CACHE_OPTION = "-XX:AOTCache=";

    /** Programs of this machine that make the container; in the image there are none of them. */
    private static final String OUTER_PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    public OperatorImage {
        environment = Map.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
    }

    /**
     * Reads one.
     *
     * @param tree the folder that {@code tools/image-tree} prints
     * @throws HarnessException if it holds none
     */
    public static OperatorImage in(Path tree) {
        try {
            JsonNode config =
                    JsonHttp.JSON.readTree(tree.resolve("image.json").toFile()).path("config");
            Map<String, String> environment = new LinkedHashMap<>();
            for (String variable : texts(config.path("Env"))) {
                int sign = variable.indexOf('=');
                environment.put(variable.substring(0, sign), variable.substring(sign + 1));
            }
            return new OperatorImage(
                    tree.resolve("root").toAbsolutePath(),
                    config.path("User").asText(),
                    environment,
                    texts(config.path("Entrypoint")));
        } catch (IOException e) {
            throw new HarnessException("no image in " + tree + ": " + e.getMessage(), e);
        }
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The same with another AOT cache, such as one that does not fit. */
    public OperatorImage withCache(String file) {
        return with(argument -> argument.startsWith(CACHE_OPTION) ? CACHE_OPTION + file : argument);
    }

    /** The same without an AOT cache, as it is trained. */
    public OperatorImage withoutCache() {
        return new OperatorImage(
                root,
                user,
                environment,
                entrypoint.stream()
                        .filter(argument -> !argument.startsWith(CACHE_OPTION))
                        .toList());
    }

    /** The same with more options of the JVM, which come last. */
    public OperatorImage withOptions(List<String> options) {
        List<String> command = new ArrayList<>(entrypoint);
        command.addAll(command.indexOf("-cp"), options);
        return new OperatorImage(root, user, environment, command);
    }

    private OperatorImage with(UnaryOperator<String> change) {
        return new OperatorImage(
                root, user, environment, entrypoint.stream().map(change).toList());
    }

    /**
     * What a kubelet gives a container.
     *
     * @param environment of the Pod's container, over the image's
     * @param arguments after the entrypoint
     * @param tmp a folder that becomes its {@code /tmp}
     * @param account a folder with {@code token}, {@code ca.crt} and {@code namespace}
     * @param log gets what it prints
     */
    public record Container(Map<String, String> environment, List<String> arguments, Path tmp, Path account, Path log) {

        /** The same with other arguments and another log. */
        public Container saying(Path other, String... arguments) {
            return new Container(environment, List.of(arguments), tmp, account, other);
        }
    }

    /** Starts {@code run} and does not wait. */
    public OperatorProcess run(Container container) {
        return OperatorProcess.of(start(container), container.log());
    }

    /**
     * Runs what ends by itself.
     *
     * @return its exit code
     */
    public int call(Container container) {
        return start(container).process().onExit().join().exitValue();
    }

    private GuardedProcess start(Container container) {
        Map<String, String> variables = new LinkedHashMap<>(environment);
        variables.putAll(container.environment());
        variables.merge("PATH", OUTER_PATH, (inner, outer) -> inner + ":" + outer);
        List<String> command = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private"));
        command.addAll(List.of("sh", program(), root.toString(), user));
        command.addAll(List.of(container.tmp().toString(), container.account().toString()));
        command.addAll(entrypoint);
        command.addAll(container.arguments());
        return GuardedProcess.start("operator", command, variables, container.log());
    }

    private static String program() {
        try {
            Path folder = Files.createTempDirectory("maildomain-container-");
            Path script = Resources.writeProgram("container.sh", folder.resolve("container"));
            folder.toFile().deleteOnExit();
            script.toFile().deleteOnExit();
            return script.toString();
        } catch (IOException e) {
            throw new HarnessException("no temporary file can be written: " + e.getMessage(), e);
        }
    }
}
