package io.maildomain.operator.dns;

import io.maildomain.operator.cloudflare.DnsRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks name servers through the DNS provider of the JDK. A caller waits for {@link #LONGEST} at most; after no server could
 * be reached, none is asked for {@link #PAUSE}: a cluster that lets no DNS out costs one such wait a minute.
 */
public final class NameServers implements PublicDns, AutoCloseable {

    static final Duration LONGEST = Duration.ofSeconds(4);
    static final Duration PAUSE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(NameServers.class);
    private static final int AT_ONCE = 4;
    private static final int WAITING = 16;

    /** RFC 1035: the name does not exist. The JDK says the same of an answer by one that is not in charge. */
    private static final String NO_SUCH_NAME = "response code 3";

    private final String server;
    private final Clock clock;
    private final ThreadPoolExecutor threads;
    private volatile Instant silentUntil = Instant.MIN;

    /** @param server {@code host:port} of the one that is asked whatever the zone; blank: those of the zone */
    public NameServers(String server, Clock clock) {
        this.server = server;
        this.clock = clock;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "public-dns");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public Optional<List<DnsRecord>> mailRecords(String host, List<String> nameServers) {
        List<String> asked = server.isBlank() ? nameServers : List.of(server);
        if (asked.isEmpty() || clock.instant().isBefore(silentUntil)) {
            return Optional.empty();
        }
        try {
            return answer(host, asked);
        } catch (RejectedExecutionException tooMany) {
            return Optional.empty();
        }
    }

    private Optional<List<DnsRecord>> answer(String host, List<String> asked) {
        Future<List<DnsRecord>> answer = threads.submit(() -> ask(host, asked));
        try {
            return Optional.of(answer.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLate) {
            return unreachable(host, answer, "no answer within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CommunicationException lost) {
                return unreachable(host, answer, String.valueOf(lost.getMessage()));
            }
            LOG.debug("DNS of {}: {}", host, failed.getMessage());
            return Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return Optional.empty();
        }
    }

    private Optional<List<DnsRecord>> unreachable(String host, Future<?> answer, String why) {
        answer.cancel(true);
        silentUntil = clock.instant().plus(PAUSE);
        LOG.debug("DNS of {}: {}; no server is asked for {} s", host, why, PAUSE.toSeconds());
        return Optional.empty();
    }

    private static List<DnsRecord> ask(String host, List<String> servers) throws NamingException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put(Context.INITIAL_CONTEXT_FACTORY, "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                Context.PROVIDER_URL,
                servers.stream().map(name -> "dns://" + name + "/").collect(Collectors.joining(" ")));
        // A resolver on the way, or the parent zone, must not answer for the zone.
        environment.put(Context.AUTHORITATIVE, "true");
        environment.put("com.sun.jndi.dns.timeout.initial", "700");
        environment.put("com.sun.jndi.dns.timeout.retries", "2");
        InitialDirContext context = new InitialDirContext(environment);
        try {
            List<DnsRecord> records = new ArrayList<>();
            for (String type : List.of("MX", "TXT")) {
                records.addAll(records(context, host, type));
            }
            return records;
        } finally {
            context.close();
        }
    }

    private static List<DnsRecord> records(InitialDirContext context, String host, String type) throws NamingException {
        List<DnsRecord> records = new ArrayList<>();
        try {
            Attribute found = context.getAttributes(host, new String[] {type}).get(type);
            if (found != null) {
                NamingEnumeration<?> values = found.getAll();
                while (values.hasMore()) {
                    records.add(record(host, type, String.valueOf(values.next())));
                }
            }
        } catch (NameNotFoundException none) {
            if (!String.valueOf(none.getMessage()).contains(NO_SUCH_NAME)) {
                throw none;
            }
        }
        return records;
    }

    private static DnsRecord record(String host, String type, String value) {
        int space = value.indexOf(' ');
        boolean numbered = type.equals("MX") && space > 0;
        return numbered
                ? new DnsRecord(type, host, value.substring(space + 1), Integer.parseInt(value.substring(0, space)))
                : new DnsRecord(type, host, value, 0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
