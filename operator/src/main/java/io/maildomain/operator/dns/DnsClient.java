package io.maildomain.operator.dns;

import io.maildomain.operator.dns.plan.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;

/**
 * Asks servers one question each, one after the other, until one answers or the time of the whole look is over. One that is silent and the only
 * one is asked twice.
 */
final class DnsClient {

    /** Of one question to one server. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** RFC 9715: no answer of this size is cut in pieces on the way. */
    private static final int PAYLOAD = 1232;

    /** As many as a resolver of a libc asks. */
    private static final int RESOLVERS = 3;

    private final List<InetSocketAddress> resolvers;
    private final Clock clock;
    private final Instant until;

    /** How a question is asked. */
    enum Manner {
        /** As programs do. */
        USUAL,
        /** The resolver is to tell also what its check of signatures refuses. */
        UNCHECKED,
        /** Of a server that is to answer by itself. */
        DIRECT
    }

    /** @param until when no question is asked any more */
    DnsClient(List<InetSocketAddress> resolvers, Clock clock, Instant until) {
        this.resolvers = resolvers;
        this.clock = clock;
        this.until = until;
    }

    /** The resolvers of the machine, or of the Pod. */
    static List<InetSocketAddress> ownResolvers() {
        return ResolverConfig.getCurrentConfig().servers().stream()
                .limit(RESOLVERS)
                .toList();
    }

    /** Whether no question is asked any more: then silence says nothing of a server. */
    boolean isOver() {
        return left().isZero();
    }

    /** For how long questions are asked still; zero: not any more. */
    Duration left() {
        Duration left = Duration.between(clock.instant(), until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Asks the resolvers. */
    Reply ask(Name name, int type, Manner manner) {
        return ask(resolvers, name, type, manner);
    }

    /** Asks these: the first that says something. */
    Reply ask(List<InetSocketAddress> servers, Name name, int type, Manner manner) {
        Reply last = Reply.failed(Answer.Failure.NO_ANSWER);
        for (InetSocketAddress server : servers) {
            last = ask(server, name, type, manner);
            if (last.why().isEmpty()) {
                return last;
            }
        }
        // One packet may be lost, and a Pod has mostly one resolver.
        return servers.size() == 1 && isSilence(last) ? ask(servers.get(0), name, type, manner) : last;
    }

    private static boolean isSilence(Reply reply) {
        return reply.why().filter(Answer.Failure.NO_ANSWER::equals).isPresent();
    }

    private Reply ask(InetSocketAddress server, Name name, int type, Manner manner) {
        Duration left = left();
        if (left.isZero()) {
            return Reply.failed(Answer.Failure.NO_ANSWER);
        }
        return once(server, name, type, manner, left.compareTo(PATIENCE) < 0 ? left : PATIENCE);
    }

    /** A Service may be there later than the operator, and be another one then. */
    private static InetSocketAddress resolved(InetSocketAddress server) {
        return server.isUnresolved() ? new InetSocketAddress(server.getHostString(), server.getPort()) : server;
    }

    private static Reply once(InetSocketAddress server, Name name, int type, Manner manner, Duration patience) {
        Message question = Message.newQuery(Record.newRecord(name, type, DClass.IN));
        if (manner == Manner.DIRECT) {
            question.getHeader().unsetFlag(Flags.RD);
        } else if (manner == Manner.UNCHECKED) {
            question.getHeader().setFlag(Flags.CD);
        }
        InetSocketAddress address = resolved(server);
        if (address.isUnresolved()) {
            return Reply.failed(Answer.Failure.NO_ANSWER);
        }
        SimpleResolver resolver = new SimpleResolver(address);
        resolver.setTimeout(patience);
        resolver.setEDNS(0, PAYLOAD, 0, List.of());
        try {
            return Reply.of(resolver.send(question));
        } catch (org.xbill.DNS.WireParseException unreadable) {
            return Reply.failed(Answer.Failure.UNREADABLE);
        } catch (IOException lost) {
            return Reply.failed(Answer.Failure.NO_ANSWER);
        }
    }
}
