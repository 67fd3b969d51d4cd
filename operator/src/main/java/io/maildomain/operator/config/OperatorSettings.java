package io.maildomain.operator.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that {@code run} can be told, checked and grouped by what it concerns. The flags, their environment variables and their defaults are in {@code docs/settings.md}.
 *
 * @param scope which resources are looked at
 * @param cloudflare how the API is reached
 * @param budget how many calls a token may make
 * @param dns whether and where a zone's mail records are asked for by DNS
 * @param drift how often Cloudflare is compared with what was asked for
 * @param massDeletion from how many deletions on the operator holds
 * @param handOver how long after a deletion a successor may come
 * @param retries how soon what did not work is tried again
 * @param probing how often the accounts' tokens are asked about
 * @param leadership how replicas agree on one leader
 * @param secrets how Secrets are followed
 * @param holding which Secrets are held until what needs them is gone
 * @param deploying where the files of what is deployed come from, and where it is probed
 * @param http where health, metrics, meta and the status page are served
 * @param logging how and how much is logged
 */
public record OperatorSettings(
        Scope scope,
        Cloudflare cloudflare,
        Budget budget,
        Dns dns,
        Drift drift,
        MassDeletion massDeletion,
        HandOver handOver,
        Retries retries,
        Probing probing,
        Leadership leadership,
        Secrets secrets,
        Holding holding,
        Deploying deploying,
        Http http,
        Logging logging) {

    public OperatorSettings {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(cloudflare, "cloudflare");
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(dns, "dns");
        Objects.requireNonNull(drift, "drift");
        Objects.requireNonNull(massDeletion, "massDeletion");
        Objects.requireNonNull(handOver, "handOver");
        Objects.requireNonNull(retries, "retries");
        Objects.requireNonNull(probing, "probing");
        Objects.requireNonNull(leadership, "leadership");
        Objects.requireNonNull(secrets, "secrets");
        Objects.requireNonNull(holding, "holding");
        Objects.requireNonNull(deploying, "deploying");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(logging, "logging");
    }

    /**
     * Which resources are looked at.
     *
     * @param watchNamespaces namespaces whose resources are reconciled; empty: all
     * @param operatorNamespace the operator's own namespace: it may do everything, holds the Lease, and by default the tokens
     * @param explicitOwnerId the id in the marks of our rules; blank: from a namespace's UID
     * @param localSecrets whether a MailDomain may name a Secret of its own namespace
     * @param accounts whether CloudflareAccounts are used; false is Roles-only mode
     * @param deploying whether MailWorkers and MailSites are deployed
     * @param releaseName what the replicas of this installation share; blank: told by the Pod's name
     * @param mailboxes whether Mailboxes attach to MailDomains
     * @param deletesMailboxes whether those are deleted that have expired and say so
     * @param destinationAddresses whether DestinationAddresses are seen to, and no rule is written on trial where that can be told
     */
    public record Scope(
            Set<String> watchNamespaces,
            String operatorNamespace,
            String explicitOwnerId,
            boolean localSecrets,
            boolean accounts,
            boolean deploying,
            String releaseName,
            boolean mailboxes,
            boolean deletesMailboxes,
            boolean destinationAddresses) {

        /** Of a release without a name, which has no preview switched on. */
        public Scope(
                Set<String> watchNamespaces,
                String operatorNamespace,
                String ownerId,
                boolean localSecrets,
                boolean accounts) {
            this(watchNamespaces, operatorNamespace, ownerId, localSecrets, accounts, false, "", false, false, false);
        }

        public Scope {
            releaseName = Objects.requireNonNullElse(releaseName, "");
            watchNamespaces = Set.copyOf(watchNamespaces);
            Objects.requireNonNull(operatorNamespace, "operatorNamespace");
            explicitOwnerId = Objects.requireNonNullElse(explicitOwnerId, "");
        }

        public boolean watchesAllNamespaces() {
            return watchNamespaces.isEmpty();
        }

        /** The id that {@code --owner-id} gives; empty: take it from a namespace's UID. */
        public Optional<String> ownerId() {
            return Optional.of(explicitOwnerId).filter(id -> !id.isBlank());
        }
    }

    /**
     * How the API is reached.
     *
     * @param apiBaseUrl without a trailing slash, such as {@code https://api.cloudflare.com/client/v4}; plain http is only for loopback or was allowed on purpose
     * @param callTimeout of one call, all of it
     * @param connectTimeout of the connection only
     */
    public record Cloudflare(URI apiBaseUrl, Duration callTimeout, Duration connectTimeout, Network network) {}

    /**
     * How calls leave the network; "" where nothing is said.
     *
     * @param trustedCa a file with certificates in PEM
     * @param httpsProxy may hold a user name and password
     * @param noProxy hosts that are reached directly, separated by commas
     */
    public record Network(String trustedCa, String httpsProxy, String noProxy) {

        /** The proxy may hold a password. */
        @Override
        public String toString() {
            return "Network[trustedCa=%s, noProxy=%s]".formatted(trustedCa, noProxy);
        }
    }

    /**
     * How many calls a token may make.
     *
     * @param requests per window
     * @param reservePercent what is left to people, in percent of {@code requests}
     */
    public record Budget(int requests, Duration window, int reservePercent) {}

    /**
     * Whether and where DNS is asked: for a zone's mail records, and for what the world sees of a domain.
     *
     * @param seenOutside whether the second is asked for, too
     * @param server {@code host:port} of the one that is asked for the first; blank: the zone's own name servers
     * @param resolver the same for the second; blank: the Pod's own, and the name servers of the zones above
     */
    public record Dns(boolean checks, boolean seenOutside, String server, String resolver) {

        /** Whether what the world sees may be asked for: where a server stands in for all others, there is no world but what is named. */
        public boolean mayLookOutside() {
            return checks && (server.isBlank() || !resolver.isBlank());
        }
    }

    /**
     * How often Cloudflare is looked at.
     *
     * @param interval from one comparison of a healthy domain to the next, before jitter and stretching
     * @param confirmPause between two looks that must agree before anything that cannot be taken back
     * @param mailboxDistance between two looks that changes of a MailDomain's Mailboxes ask for
     */
    public record Drift(Duration interval, Duration confirmPause, Duration mailboxDistance) {}

    /** More than {@code count} MailDomains deleted {@code within} this time hold. Written {@code 20/10m}. */
    public record MassDeletion(int count, Duration within) {

        @Override
        public String toString() {
            return count + "/" + DurationText.of(within);
        }
    }

    /**
     * How soon what did not work is tried again, by kind of failure.
     *
     * @param transients 429, 5xx, connection; with jitter
     * @param waiting not a failure: pending zones, unverified destinations, missing Workers
     * @param finals what only a change can heal, as far as we know
     * @param authentication the one probing call after a refused token
     */
    public record Retries(BackOff transients, BackOff waiting, BackOff finals, BackOff authentication) {}

    /**
     * How often the tokens of accounts are probed by harmless reads.
     *
     * @param interval of a token that is as it should be
     * @param retry of a token that lacks something
     */
    public record Probing(Duration interval, Duration retry) {

        private static final Duration LONGEST_AFTER_REFUSAL = Duration.ofSeconds(30);

        /** How long after a probe a refusal met in real work brings the next one. */
        public Duration afterRefusal() {
            return retry.compareTo(LONGEST_AFTER_REFUSAL) < 0 ? retry : LONGEST_AFTER_REFUSAL;
        }
    }

    /** @param window zero: only one that is there already takes over */
    public record HandOver(Duration window) {}

    /** Waits of {@code base}, doubled each time, at most {@code cap}. */
    public record BackOff(Duration base, Duration cap) {}

    /**
     * How replicas agree on one leader.
     *
     * @param enabled false: there is one replica and it always leads
     * @param leaseName of the Lease in the operator's namespace
     * @param podName this replica's name in Events, logs and the Lease; blank when not run in a pod
     * @param leaseDuration others wait so long after the last renewal that they saw
     * @param renewDeadline a leader that could not renew for so long gives up
     * @param retryPeriod from one attempt to the next
     */
    public record Leadership(
            boolean enabled,
            String leaseName,
            String podName,
            Duration leaseDuration,
            Duration renewDeadline,
            Duration retryPeriod) {}

    /**
     * How Secrets are followed.
     *
     * @param watched so many are watched, the others polled
     * @param poll from one round of polling to the next
     */
    public record Secrets(int watched, Duration poll) {}

    /**
     * Which Secrets our finalizer is put on, so that a deletion waits for what needs their token.
     *
     * @param names those that may be held; empty: none
     * @param released those that were, and are not any more
     * @param grace how long one that is being deleted stays while no MailDomain that needs it is
     * @param longest how long it stays while some are
     */
    public record Holding(Set<String> names, Set<String> released, Duration grace, Duration longest) {

        public Holding {
            names = Set.copyOf(names);
            released = Set.copyOf(released);
        }

        /** Whether there is anything to look after. */
        public boolean isAsked() {
            return !names.isEmpty() || !released.isEmpty();
        }
    }

    /**
     * Where the files of what is deployed come from, and where it is probed.
     *
     * @param artifactHosts registries and artifact servers that are asked, and that those may redirect to; empty: none
     * @param probeServer which is asked instead of the hosts that probes name; blank: these
     */
    public record Deploying(List<String> artifactHosts, String probeServer) {

        public Deploying {
            artifactHosts = List.copyOf(artifactHosts);
        }
    }

    /** @param port 0 picks a free one */
    public record Http(int port, PageAudience statusPage) {}

    /**
     * How and how much is logged, to standard error.
     *
     * @param level where {@code levelFile} names no other
     * @param levelFile may hold a level, and change while the operator runs; blank: none
     */
    public record Logging(LogFormat format, LogLevel level, String levelFile) {}

    /** One line of JSON per entry, or text for people. */
    public enum LogFormat {
        JSON,
        TEXT
    }

    /** The least severe entries that are logged. */
    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
