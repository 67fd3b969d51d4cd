package io.maildomain.operator.cloudflare.deploy;

import java.util.List;
import java.util.Optional;

/**
 * What leads to a Worker: its name under workers.dev, its schedules, custom domains and routes. None of it is a part of a version. A
 * host name or pattern that leads elsewhere is never taken.
 */
public interface TriggersApi {
    /** Empty where the account has no such Worker. */
    Optional<WorkersDev> workersDev(String script);

    WorkersDev setWorkersDev(String script, WorkersDev wanted);

    /** The cron expressions, as Cloudflare writes them; empty where the account has no such Worker. */
    Optional<List<String>> schedules(String script);

    /**
     * Puts these in the place of all schedules that the Worker has.
     *
     * @return those that it has now
     */
    List<String> putSchedules(String script, List<String> crons);

    /** The custom domains that lead to this Worker. */
    List<CustomDomain> customDomains(String script);

    /** What a host name leads to, whichever Worker that is; empty where it is no custom domain of one. */
    Optional<CustomDomain> customDomainAt(String hostname);

    /**
     * Lets a host name lead to the Worker, unless it leads elsewhere; one that leads to it already stays.
     *
     * @param zoneId "" where it is not known: Cloudflare knows it, and it is only compared
     */
    CustomDomainAnswer putCustomDomain(String script, String hostname, String zoneId);

    /** @return whether it was there */
    boolean deleteCustomDomain(String domainId);

    /** All routes of a zone, whichever Worker they lead to. */
    List<WorkerRoute> routes(String zoneId);

    /** Empty where a route with the same pattern is there already. */
    Optional<WorkerRoute> createRoute(String zoneId, String pattern, String script);

    /** @return whether it was there */
    boolean deleteRoute(String zoneId, String routeId);

    /**
     * The zone of the account that holds a host name: the one with the longest name, of those that the token sees. Only routes need it.
     * Where the token may not list zones, one that holds a custom domain of a Worker is found all the same, and for any other the call
     * fails: it says which right is missing.
     */
    Optional<HostZone> zoneOf(String hostname);
}
