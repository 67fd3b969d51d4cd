package io.maildomain.operator.access;

import io.maildomain.api.v1alpha1.AccessGrant;
import io.maildomain.operator.cloudflare.HostNames;
import io.maildomain.operator.ownership.MailAction;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** What one namespace may do with one account (or with a Secret of its own). */
public sealed interface Grants {

    /** Whether the domain may be managed. */
    boolean domain(String domain);

    /** Whether the domain is granted by its exact name: only then does a claim that waits inherit it (ADR 32). */
    boolean exactDomain(String domain);

    /** Whether a zone may be created for the domain. */
    boolean createZone(String domain);

    /** Whether mail of the domain may be sent there; dropping it is always allowed. */
    boolean action(String domain, MailAction action);

    /** Whether mail of any domain that is granted may be sent to the address: then it may be created as a destination. */
    boolean destination(String email);

    /** How many domains the namespace may manage in all, where that is limited. */
    OptionalInt maxDomains(String domain);

    /** All of this in a few words for the status of a domain that is granted, so that a tenant need not ask; empty: no limits. */
    String describe(String domain);

    /** The domains that are granted, in a few words for the status of one that is not. */
    String describeDomains();

    /** The operator's own namespace, and a namespace's own Secret: everything. */
    static Grants everything() {
        return new Everything();
    }

    /** What the entries that select the namespace grant together. */
    static Grants of(List<AccessGrant> entries) {
        return new Listed(entries);
    }

    /** No limits. */
    record Everything() implements Grants {
        @Override
        public boolean domain(String domain) {
            return true;
        }

        @Override
        public boolean exactDomain(String domain) {
            return true;
        }

        @Override
        public boolean createZone(String domain) {
            return true;
        }

        @Override
        public boolean action(String domain, MailAction action) {
            return true;
        }

        @Override
        public boolean destination(String email) {
            return true;
        }

        @Override
        public OptionalInt maxDomains(String domain) {
            return OptionalInt.empty();
        }

        @Override
        public String describe(String domain) {
            return "";
        }

        @Override
        public String describeDomains() {
            return "every domain";
        }
    }

    /** The entries of {@code spec.access} that select the namespace. */
    record Listed(List<AccessGrant> entries) implements Grants {
        /** So many patterns are named; the status has room for some 500 characters. */
        private static final int NAMED = 3;

        public Listed {
            entries = List.copyOf(entries);
        }

        @Override
        public boolean domain(String domain) {
            return !covering(domain).isEmpty();
        }

        @Override
        public boolean exactDomain(String domain) {
            return covering(domain).stream()
                    .flatMap(entry -> entry.domains().stream())
                    .anyMatch(pattern -> new DomainPattern(pattern).namesExactly(domain));
        }

        @Override
        public boolean createZone(String domain) {
            return covering(domain).stream().anyMatch(AccessGrant::createZones);
        }

        @Override
        public boolean action(String domain, MailAction action) {
            if (action instanceof MailAction.Drop) {
                return true;
            }
            return covering(domain).stream()
                    .flatMap(entry ->
                            (action instanceof MailAction.Worker ? entry.workers() : entry.forwardTo()).stream())
                    .anyMatch(pattern ->
                            Glob.matches(HostNames.asciiAddress(pattern), HostNames.asciiAddress(action.value())));
        }

        @Override
        public boolean destination(String email) {
            return entries.stream()
                    .flatMap(entry -> entry.forwardTo().stream())
                    .anyMatch(pattern -> Glob.matches(HostNames.asciiAddress(pattern), HostNames.asciiAddress(email)));
        }

        /** The largest limit of the entries that cover the domain; one without a limit lifts it. */
        @Override
        public OptionalInt maxDomains(String domain) {
            List<AccessGrant> covering = covering(domain);
            return covering.stream().anyMatch(entry -> entry.maxDomains() == null)
                    ? OptionalInt.empty()
                    : covering.stream().mapToInt(AccessGrant::maxDomains).max();
        }

        @Override
        public String describe(String domain) {
            List<AccessGrant> covering = covering(domain);
            OptionalInt limit = maxDomains(domain);
            return "zones may " + (createZone(domain) ? "" : "not ") + "be created, Workers: "
                    + named(covering.stream().flatMap(entry -> entry.workers().stream()))
                    + ", destinations: "
                    + named(covering.stream().flatMap(entry -> entry.forwardTo().stream()))
                    + (limit.isPresent() ? ", at most " + limit.getAsInt() + " MailDomains" : "");
        }

        @Override
        public String describeDomains() {
            return named(entries.stream().flatMap(entry -> entry.domains().stream()));
        }

        private static String named(Stream<String> patterns) {
            List<String> all = patterns.distinct().toList();
            String first = String.join(" ", all.subList(0, Math.min(NAMED, all.size())));
            return all.isEmpty() ? "none" : all.size() > NAMED ? first + " +" + (all.size() - NAMED) : first;
        }

        private List<AccessGrant> covering(String domain) {
            return entries.stream()
                    .filter(entry ->
                            entry.domains().stream().anyMatch(pattern -> new DomainPattern(pattern).covers(domain)))
                    .toList();
        }
    }
}
