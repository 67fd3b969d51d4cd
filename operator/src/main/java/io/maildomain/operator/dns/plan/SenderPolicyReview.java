package io.maildomain.operator.dns.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Counts what it takes to evaluate a domain's SPF (RFC 7208), from the texts that are known so far. Each include and redirect is followed, as
 * a check of mail from an unknown sender would; what stands in macros counts and is not followed. Pure.
 */
public final class SenderPolicyReview {

    /** RFC 7208, 4.6.4: one more, and the policy is an error. */
    public static final int LOOK_UPS = 10;

    /** Longer than any policy that works: what is longer is not read. */
    private static final int LONGEST = 4_000;

    private static final String VERSION = "v=spf1";
    private static final String EMAIL_ROUTING = "_spf.mx.cloudflare.net";
    private static final String REDIRECT = "redirect=";
    private static final Pattern INCLUDE = Pattern.compile("(?:[-+~?]?include:|redirect=)(.+)");
    private static final Pattern ALLOWS = Pattern.compile("(?:[+]?include:|redirect=).+");
    private static final Pattern LOOK_UP =
            Pattern.compile("[-+~?]?(?:include:.*|(?:a|mx|ptr|exists)(?:[:/].*)?)|redirect=.*");

    private final Map<String, Answer<List<String>>> texts;
    private final Set<String> asked = new LinkedHashSet<>();
    private int lookUps;
    private boolean namesEmailRouting;

    private SenderPolicyReview(Map<String, Answer<List<String>>> texts) {
        this.texts = texts;
    }

    /** What the review comes to, or what has to be asked first. */
    public sealed interface Outcome {}

    /** The texts of these names are needed. */
    public record Asks(Set<String> names) implements Outcome {

        public Asks {
            names = Set.copyOf(names);
        }
    }

    /** It is over. */
    public record Done(SenderPolicyFinding finding) implements Outcome {}

    /**
     * @param texts the TXT records of each name that was asked, the strings of each put together
     */
    public static Outcome of(String domain, Map<String, Answer<List<String>>> texts) {
        return new SenderPolicyReview(texts).review(domain);
    }

    private Outcome review(String domain) {
        Deque<Step> open = new ArrayDeque<>(List.of(new Step(domain, List.of())));
        while (!open.isEmpty()) {
            Step step = open.removeFirst();
            Answer<List<String>> answer = texts.get(step.name());
            if (answer == null) {
                asked.add(step.name());
                continue;
            }
            if (answer.failure().isPresent()) {
                return new Done(new SenderPolicyFinding.Unclear(
                        step.name(), answer.failure().get()));
            }
            List<String> policies = policies(answer.found().orElse(List.of()));
            if (policies.size() != 1 || policies.get(0).length() > LONGEST) {
                return new Done(odd(step, policies));
            }
            List<String> targets = targets(policies.get(0));
            if (lookUps > LOOK_UPS) {
                return broken(domain, SenderPolicyFinding.Flaw.TOO_MANY_LOOK_UPS);
            }
            for (String target : targets) {
                Step next = step.to(target);
                if (next.isCircle()) {
                    return broken(target, SenderPolicyFinding.Flaw.LOOP);
                }
                open.addLast(next);
            }
        }
        return asked.isEmpty() ? new Done(new SenderPolicyFinding.Valid(lookUps, namesEmailRouting)) : new Asks(asked);
    }

    /**
     * A policy on the way.
     *
     * @param from those that led to it
     */
    private record Step(String name, List<String> from) {

        Step to(String target) {
            return new Step(
                    target, Stream.concat(from.stream(), Stream.of(name)).toList());
        }

        boolean isCircle() {
            return from.contains(name);
        }
    }

    private static Done broken(String name, SenderPolicyFinding.Flaw flaw) {
        return new Done(new SenderPolicyFinding.Broken(name, flaw));
    }

    private static SenderPolicyFinding odd(Step step, List<String> policies) {
        if (policies.isEmpty()) {
            return step.from().isEmpty()
                    ? new SenderPolicyFinding.Absent()
                    : new SenderPolicyFinding.Broken(step.name(), SenderPolicyFinding.Flaw.INCLUDES_NONE);
        }
        return new SenderPolicyFinding.Broken(
                step.name(),
                policies.size() > 1 ? SenderPolicyFinding.Flaw.SEVERAL : SenderPolicyFinding.Flaw.TOO_LONG);
    }

    private static List<String> policies(List<String> records) {
        return records.stream()
                .map(text -> text.strip().toLowerCase(Locale.ROOT))
                .filter(text -> text.equals(VERSION) || text.startsWith(VERSION + " "))
                .toList();
    }

    private static List<String> terms(String policy) {
        return Stream.of(policy.split(" +")).skip(1).toList();
    }

    /** Counts the look-ups of a policy, and tells whose policies it needs. */
    private List<String> targets(String policy) {
        List<String> targets = new ArrayList<>();
        List<String> terms = terms(policy);
        boolean isClosed = terms.stream().anyMatch(SenderPolicyReview::isAll);
        // RFC 7208, 5.1: what stands behind "all" is never reached, nor is a redirect before it (6.1).
        List<String> counting = terms.stream()
                .takeWhile(term -> !isAll(term))
                .filter(term -> !(isClosed && term.startsWith(REDIRECT)))
                .filter(term -> LOOK_UP.matcher(term).matches())
                .toList();
        for (String term : counting) {
            lookUps++;
            Optional<String> target = targetOf(term);
            target.ifPresent(targets::add);
            namesEmailRouting |= ALLOWS.matcher(term).matches()
                    && target.filter(EMAIL_ROUTING::equals).isPresent();
        }
        return targets;
    }

    private static boolean isAll(String term) {
        return term.matches("[-+~?]?all");
    }

    /** Whose policy the term needs; empty where it needs none, or what only the mail itself would tell. */
    private static Optional<String> targetOf(String term) {
        Matcher include = INCLUDE.matcher(term);
        return include.matches()
                ? Optional.of(include.group(1).replaceAll("\\.$", ""))
                        .filter(target -> !target.isEmpty() && target.equals(HostText.of(target)))
                : Optional.empty();
    }
}
