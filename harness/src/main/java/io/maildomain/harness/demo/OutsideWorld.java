package io.maildomain.harness.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.maildomain.harness.HarnessException;
import io.maildomain.harness.SimulatorControl;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The people and companies that a mail domain waits for: the registrar, who sets name servers, and the owner of a
 * destination address and clicks the link. They take a moment each, so that the waiting can be seen.
 */
final class OutsideWorld {

    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final SimulatorControl control;
    private final Screen screen;
    private final Map<String, Duration> waitingSince = new HashMap<>();
    private final Set<String> verified = new TreeSet<>();

    OutsideWorld(SimulatorControl control, Screen screen) {
        this.control = control;
        this.screen = screen;
    }

    /** Does what the resources say that they wait for. */
    void act(ResourceTable board) {
        board.ofKind(ResourceTable.MAIL_DOMAIN).forEach(domain -> {
            if ("pending".equals(domain.<String>get("status", "zone", "status"))) {
                String name = domain.get("spec", "domain");
                afterAMoment("the registrar sets Cloudflare's name servers for " + name, () -> control.activate(name));
            }
            unverified(domain).forEach(this::clickLink);
        });
    }

    /** The destinations that became verified meanwhile. */
    Set<String> verified() {
        return Set.copyOf(verified);
    }

    private void clickLink(String email) {
        afterAMoment("the owner of " + email + " clicks the link in Cloudflare's mail", () -> {
            control.verify(email);
            verified.add(email);
        });
    }

    private void afterAMoment(String what, Runnable act) {
        Duration since = waitingSince.computeIfAbsent(what, unused -> screen.elapsed());
        if (since.isNegative() || screen.elapsed().minus(since).compareTo(MOMENT) < 0) {
            return;
        }
        waitingSince.put(what, Duration.ofSeconds(-1));
        try {
            act.run();
            screen.say(what);
        } catch (HarnessException e) {
            screen.say("in vain: " + what + " (" + e.getMessage() + ")");
        }
    }

    private static List<String> unverified(GenericKubernetesResource domain) {
        List<Map<String, Object>> fates = listOf(domain.get("status", "rules"));
        List<Map<String, Object>> rules = listOf(domain.get("spec", "rules"));
        return fates.stream()
                .filter(fate -> "DestinationUnverified".equals(fate.get("state")))
                .flatMap(
                        fate -> rules.stream().filter(rule -> Objects.equals(rule.get("address"), fate.get("address"))))
                .map(rule -> ((Map<?, ?>) rule.get("action")).get("forwardTo"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static List<Map<String, Object>> listOf(List<Map<String, Object>> list) {
        return list == null ? List.of() : list;
    }
}
