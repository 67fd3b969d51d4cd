package io.maildomain.simulator.hosts;

import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.HostAnswer;
import io.maildomain.simulator.state.Worker;
import io.maildomain.simulator.state.WorkerVersion;
import io.maildomain.simulator.state.World;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers requests by the host that they are for, as far as the control plane has said what it answers. */
public final class HostAnswers {

    private static final String OVERRIDES = "cloudflare-workers-version-overrides";
    private static final Pattern OVERRIDE = Pattern.compile("([A-Za-z0-9_-]+)\\s*=\\s*\"([^\"]*)\"");

    private HostAnswers() {}

    /** The answer of the host that a request is for; empty where nothing was said of it. */
    public static Optional<Answer> to(Request request, World world) {
        String host =
                request.header("host").orElse("").replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return world.answer(host)
                .map(answer -> version(request, world, host).map(answer::of).orElse(answer))
                .map(HostAnswers::answer);
    }

    private static Answer answer(HostAnswer answer) {
        return Answer.text(answer.status(), "text/plain; charset=UTF-8", answer.body())
                .with(answer.headers());
    }

    /** The version that answers: one that the request asks for and that is deployed, else the one that serves most. */
    private static Optional<WorkerVersion> version(Request request, World world, String host) {
        return worker(world, host).flatMap(worker -> asked(request, worker)
                .filter(id -> worker.currentDeployment().stream()
                        .flatMap(deployment -> deployment.versions().stream())
                        .anyMatch(share -> share.versionId().equals(id)))
                .flatMap(worker::version)
                .or(worker::servingVersion));
    }

    private static Optional<Worker> worker(World world, String host) {
        for (Account account : world.accounts()) {
            Optional<Worker> worker = account.platform().customDomain(host).flatMap(d -> account.worker(d.service()));
            if (worker.isPresent()) {
                return worker;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> asked(Request request, Worker worker) {
        Matcher override = OVERRIDE.matcher(request.header(OVERRIDES).orElse(""));
        while (override.find()) {
            if (override.group(1).equals(worker.name())) {
                return Optional.of(override.group(2));
            }
        }
        return Optional.empty();
    }
}
