package io.maildomain.harness.demo;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * {@code ./demo [--once]}: starts everything, applies the examples and shows how they become Ready. Exits 0, with 1 if
 * something went wrong, with 2 if it is called wrongly.
 */
public final class Demo {

    private static final Duration READY = Duration.ofSeconds(120);
    private static final Duration FOREVER = Duration.ofDays(365);

    private final Checkout checkout = Checkout.find();
    private final Path files = checkout.root().resolve("target/demo");
    private final Screen screen;

    private Demo(Screen screen) {
        this.screen = screen;
    }

    /**
     * @param arguments nothing, or {@code --once}
     */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && !words.equals(List.of("--once"))) {
            System.err.println("usage: ./demo [--once]");
            System.exit(2);
        }
        Screen screen = new Screen(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("maildomain.demo.terminal"),
                Integer.getInteger("maildomain.demo.columns", 120));
        Runtime.getRuntime().addShutdownHook(new Thread(screen::silence, "demo-silence"));
        System.exit(new Demo(screen).run(!words.isEmpty()));
    }

    private int run(boolean once) {
        try (Stage stage = Stage.set(checkout, files, screen)) {
            DemoScript play = new DemoScript(stage, screen, new OutsideWorld(stage.control(), screen));
            Cloudflare before = stage.cloudflare();
            Examples examples = Examples.read(checkout.examples(), stage.client());
            screen.say("applying examples/");
            examples.apply(stage.client());
            play.until("every resource is Ready", READY, ResourceTable::isAllReady);
            screen.say("all is Ready");
            if (once) {
                new OnceScript(play, examples, before).run();
            } else {
                stay(play);
            }
            summarise(stage);
        } catch (HarnessException | KubernetesClientException e) {
            screen.say("FAILED: " + e.getMessage());
            screen.print("The logs are in " + files);
            return 1;
        }
        return 0;
    }

    private void stay(DemoScript play) {
        Path kubeconfig = play.stage().api().kubeconfig();
        screen.print("""

                Try, in another terminal:

                  export KUBECONFIG=%s
                  kubectl get mdom,catchall,cfa -A
                  kubectl -n mail describe mdom settled-example
                  kubectl -n mail delete mdom fresh-example

                The simulator is at %s, logs and recording are in %s.
                Ctrl-C ends everything.
                """.formatted(kubeconfig, play.stage().simulator().baseUrl(), files));
        play.until("Ctrl-C", FOREVER, board -> false);
    }

    /** Only the operator's calls: what the demo did itself, it did with another token. */
    private void summarise(Stage stage) {
        long calls = StreamSupport.stream(stage.control().calls().path("calls").spliterator(), false)
                .filter(call -> call.path("token").asText().equals(Preparation.RUNTIME))
                .count();
        screen.print("%nDone in %d s; the operator made %d calls to Cloudflare."
                .formatted(screen.elapsed().toSeconds(), calls));
    }
}
