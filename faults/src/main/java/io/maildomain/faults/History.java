package io.maildomain.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What people, the registrar, bad luck and a killer do to three domains in two namespaces, one after the other. The same
 * seed gives the same history.
 */
record History(long seed, List<Step> steps) {

    static final List<String> DOMAINS = List.of("fresh.example", "settled.example", "cold.example");

    private static final int FEWEST = 12;
    private static final int MOST = 28;

    History {
        steps = List.copyOf(steps);
    }

    static History of(long seed) {
        return new Generator(new Random(seed)).history(seed);
    }

    /** The same without the others. */
    History with(List<Step> fewer) {
        return new History(seed, fewer);
    }

    @Override
    public String toString() {
        return IntStream.range(0, steps.size())
                .mapToObj(i -> "  %2d. %s".formatted(i + 1, steps.get(i)))
                .collect(Collectors.joining("\n", "history of seed " + seed + ":\n", ""));
    }

    /** Draws what happens next. */
    private static final class Generator {

        private static final List<String> ACTIONS = List.of(
                "forwardTo: team@corp.example",
                "forwardTo: postmaster@corp.example",
                "worker: mailbox-worker",
                "drop: true");

        /** Nothing forwards there at first, and Cloudflare does not know them. */
        private static final List<String> INBOXES = List.of("one@people.example", "two@people.example");

        private static final List<String> PATHS = List.of(
                "/zones\\?",
                "/zones$",
                "/zones/[0-9a-f]+$",
                "/email/routing$",
                "/routing/dns",
                "/routing/rules",
                "catch_all",
                "/enable$",
                "/routing/addresses",
                "");

        private final Random random;
        private final List<Step> steps = new ArrayList<>();

        private Generator(Random random) {
            this.random = random;
        }

        private History history(long seed) {
            DOMAINS.stream().filter(domain -> chance(70)).forEach(domain -> steps.add(apply(0, domain)));
            int length = FEWEST + random.nextInt(MOST - FEWEST);
            while (steps.size() < length) {
                steps.add(next());
                if (chance(40)) {
                    steps.add(new Step.Pause(random.nextInt(chance(20) ? 900 : 150)));
                }
            }
            return new History(seed, steps);
        }

        private Step next() {
            String domain = pick(DOMAINS);
            int namespace = chance(15) ? 1 : 0;
            if (chance(18)) {
                return mailbox(domain);
            }
            if (chance(12)) {
                return destination(namespace);
            }
            int dice = random.nextInt(100);
            if (dice < 24) {
                return apply(namespace, domain);
            } else if (dice < 32) {
                return new Step.Delete(namespace, domain);
            } else if (dice < 39) {
                return new Step.ApplyCatchAll(namespace, domain, pick(ACTIONS));
            } else if (dice < 43) {
                return new Step.DeleteCatchAll(namespace, domain);
            } else if (dice < 61) {
                return trouble();
            } else if (dice < 70) {
                return new Step.Kill();
            } else if (dice < 78) {
                return new Step.Activate("fresh.example");
            } else if (dice < 84) {
                return new Step.Meddle(domain, random.nextInt(4), chance(50));
            } else if (dice < 88) {
                return new Step.AddForeign(domain, pick(addresses(domain)));
            } else if (dice < 91) {
                return new Step.SetCatchAll(domain);
            } else if (dice < 94) {
                return new Step.SwitchOff(domain);
            } else if (dice < 97) {
                return new Step.Rotate(namespace, chance(50));
            }
            // Of a zone that the operator did create, a forged status only makes it doubt.
            return new Step.Forge(namespace, chance(50) ? "settled.example" : "cold.example");
        }

        private Step mailbox(String domain) {
            int namespace = random.nextInt(2);
            int ofNamespace = chance(15) ? 1 : 0;
            String local = pick(List.of("a", "old", "theirs", "m", "n"));
            if (chance(30)) {
                return new Step.DeleteMailbox(namespace, ofNamespace, domain, local);
            }
            String action = chance(35) ? "forwardTo: " + pick(INBOXES) : pick(ACTIONS);
            String rest = "action: {" + action + "}" + (chance(15) ? ", enabled: false" : "")
                    + (chance(20) ? ", ttl: " + pick(List.of("1s", "3s", "1h")) : "");
            return new Step.ApplyMailbox(namespace, ofNamespace, domain, local, rest);
        }

        private Step destination(int namespace) {
            int dice = random.nextInt(100);
            if (dice < 40) {
                String email = chance(20) ? "team@corp.example" : pick(INBOXES);
                return new Step.ApplyDestination(namespace, email, chance(70) ? "Delete" : "Retain");
            } else if (dice < 60) {
                return new Step.DeleteDestination(namespace, chance(20) ? "team@corp.example" : pick(INBOXES));
            } else if (dice < 70) {
                return new Step.AddAddress(pick(INBOXES));
            }
            return new Step.Click(pick(INBOXES));
        }

        private Step trouble() {
            FaultKind kind = pick(List.of(FaultKind.values()));
            String method = pick(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
            return new Step.Trouble(kind, method, pick(PATHS), random.nextInt(3), 1 + random.nextInt(3));
        }

        private Step apply(int namespace, String domain) {
            List<String> parts = new ArrayList<>(List.of("zone: {deletionPolicy: Delete}"));
            if (chance(30)) {
                parts.add("conflictPolicy: Adopt");
            }
            if (chance(40)) {
                parts.add("subaddressing: " + chance(70));
            }
            if (chance(40)) {
                parts.add("subdomains: [" + pick(List.of("out", "notify")) + "]");
            }
            if (chance(70)) {
                parts.add("mailboxes: [{namespaces: {}, addresses: [\"*@" + domain + "\"], workers: [mailbox-worker]"
                        + (chance(80) ? ", forwardTo: [\"*@corp.example\", \"*@people.example\"]" : "")
                        + (chance(20) ? ", max: 1" : "")
                        + "}]");
            }
            parts.add("rules: ["
                    + addresses(domain).stream()
                            .filter(address -> chance(45))
                            .map(address -> "{address: " + address + ", action: {" + pick(ACTIONS) + "}"
                                    + (chance(15) ? ", enabled: false" : "") + "}")
                            .collect(Collectors.joining(", "))
                    + "]");
            return new Step.Apply(namespace, domain, String.join(", ", parts));
        }

        private static List<String> addresses(String domain) {
            return Stream.of("a@", "b@", "old@", "same@", "theirs@", "c@in.")
                    .map(local -> local + domain)
                    .toList();
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private <T> T pick(List<T> all) {
            return all.get(random.nextInt(all.size()));
        }
    }
}
