package io.maildomain.harness.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.maildomain.harness.HarnessException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Worker that a domain and a catch-all wait for is deployed, a site beside it, and mail goes to the Worker.
 *
 * @param deployed the manifests of both
 */
record DeployScript(DemoScript play, Examples deployed) {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String WORKER = "mailbox-worker";
    private static final String DATABASE = "mail-db";
    private static final String SITE = "mailbox-site";

    /** @throws HarnessException saying what went wrong */
    void run() {
        Screen screen = play.screen();
        screen.say("what names the Worker " + WORKER + " waits (WorkerMissing): there is none yet. All else is Ready");
        screen.say("applying examples/deploy/: a Worker with a D1 database and an R2 bucket, and a site of two files");
        deployed.apply(play.stage().client());
        play.until("every resource is Ready", PATIENCE, ResourceTable::isAllReady);
        screen.say("all is Ready: the Worker is deployed, and what waited for it went on by itself");
        send("bot@in.fresh.example");
        send("anything@settled.example");
        show();
    }

    /** The simulator runs no Worker; it says which version of which one a mail is handed to. */
    private void send(String address) {
        JsonNode mail = play.stage().control().sendMail(address);
        String outcome = mail.path("outcome").asText();
        if (!outcome.equals("handed to the Worker " + WORKER)) {
            throw new HarnessException("a mail to " + address + " was " + outcome + ": " + mail.path("steps"));
        }
        play.screen().say("a mail to " + address + " is " + outcome);
    }

    private void show() {
        Set<String> tables = new TreeSet<>();
        play.stage().control().database(DATABASE).path("tables").fieldNames().forEachRemaining(tables::add);
        Set<String> files = play.stage().cloudflare().filesOf(SITE);
        if (!tables.contains("mails") || files.size() != 2) {
            throw new HarnessException(
                    "the database " + DATABASE + " has the tables " + tables + ", the site the files " + files);
        }
        play.screen()
                .say(DATABASE + " has the tables " + String.join(" and ", tables) + ", " + SITE + " the files "
                        + String.join(" and ", files));
    }
}
