package io.maildomain.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.harness.Checkout;
import io.maildomain.harness.HarnessException;
import java.io.PrintStream;
import java.net.URI;
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
            Examples deployed = Examples.deployed(checkout.examples(), stage.client());
            screen.say("applying examples/: two domains, a catch-all, and the account with their tokens");
            examples.apply(stage.client());
            play.until("all but the Worker is there", READY, ResourceTable::onlyTheWorkerIsMissing);
            new DeployScript(play, deployed).run();
            if (once) {
                new OnceScript(play, examples.with(deployed), before).run();
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
        URI simulator = play.stage().simulator().baseUrl();
        screen.print("""

                Try, in another terminal:

                  export KUBECONFIG=%1$s
                  kubectl get mdom,catchall,cfa,mworker,msite -A
                  kubectl -n mail describe mdom settled-example
                  kubectl -n mail describe mworker mailbox-worker
                  kubectl -n mail delete mdom fresh-example
                  curl -X POST %2$s

                The simulator is at %3$s, logs and recording are in %4$s.
                Ctrl-C ends everything.
                """.formatted(
                        kubeconfig, simulator.resolve("/_simulator/mail/bot@in.fresh.example"), simulator, files));
        play.until("Ctrl-C", FOREVER, board -> false);
    }

    /** Only the operator's calls: what the demo did itself, it did with another token. */
    private void summarise(Stage stage) {
        JsonNode calls = stage.control().calls().path("calls");
        screen.print(
                "%nDone in %d s; the operator made %d calls to Cloudflare with its token, and %d with the one that deploys."
                        .formatted(
                                screen.elapsed().toSeconds(),
                                made(calls, Preparation.RUNTIME),
                                made(calls, Preparation.DEPLOY)));
    }

    private static long made(JsonNode calls, String token) {
        return StreamSupport.stream(calls.spliterator(), false)
                .filter(call -> call.path("token").asText().equals(token))
                .count();
    }
}
