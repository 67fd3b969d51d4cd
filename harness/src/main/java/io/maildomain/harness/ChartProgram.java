package io.maildomain.harness;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The Helm library as a program of its own. It is Go code, whose run time takes over the signals of the process that
 * loads it: a JVM does not hear Ctrl-C, SIGTERM or SIGQUIT any more, and then leaves everything behind that it started.
 */
final class ChartProgram {

    static final String RENDER = "render";
    static final String LINT = "lint";

    private ChartProgram() {}

    /**
     * {@code render CHART RELEASE NAMESPACE KUBERNETES VALUES-FILE} prints YAML, {@code lint CHART} prints what is wrong.
     * Exits with 1 and a message on standard error if the chart cannot be rendered.
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        List<String> words = List.of(arguments);
        try {
            out.print(
                    words.get(0).equals(LINT)
                            ? lint(Path.of(words.get(1)))
                            : render(Path.of(words.get(1)), words.subList(2, words.size())));
            out.flush();
        } catch (IllegalStateException e) {
            System.err.println(e.getMessage().strip());
            System.exit(1);
        }
    }

    private static String render(Path chart, List<String> words) {
        TemplateCommand command = new Helm(chart)
                .template()
                .withName(words.get(0))
                .withNamespace(words.get(1))
                .withKubeVersion(words.get(2))
                .withValuesFile(Path.of(words.get(3)));
        return command.skipCrds().call();
    }

    private static String lint(Path chart) {
        LintResult result = new Helm(chart).lint().strict().call();
        return result.isFailed() ? String.join("\n", result.getMessages()) : "";
    }
}
