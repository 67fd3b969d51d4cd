package io.maildomain.operator.cloudflare;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;

/**
 * Finds the addresses of hosts that users name, and passes on only the public ones. It asks beside the caller, who waits for so long at
 * most: the resolver of the system has time-outs of its own, which no call's time-out ends.
 */
final class PublicAddresses implements Dns {

    private static final int AT_ONCE = 4;
    private static final int WAITING = 16;
    private static final long IDLE_SECONDS = 30;

    /** Beside what Java knows to be local: nets that are shared, reserved or for benchmarks, unique local ones, and NAT64, 6to4 and Teredo, which hold another address. */
    private static final List<Net> NOT_PUBLIC = List.of(
            Net.of(8, 0),
            Net.of(10, 100, 64),
            Net.of(24, 192, 0, 0),
            Net.of(15, 198, 18),
            Net.of(4, 240),
            Net.ofSix(7, 0xfc),
            Net.ofSix(96, 0, 0x64, 0xff, 0x9b),
            Net.ofSix(48, 0, 0x64, 0xff, 0x9b, 0, 1),
            Net.ofSix(16, 0x20, 0x02),
            Net.ofSix(32, 0x20, 0x01));

    private final Dns resolver;
    private final Duration longest;
    private final ThreadPoolExecutor threads;

    /** @param longest that a caller waits */
    PublicAddresses(Dns resolver, Duration longest) {
        this.resolver = resolver;
        this.longest = longest;
        this.threads = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), work -> {
                    Thread thread = new Thread(work, "probe-dns");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** A net by the first bits of its addresses, which are {@code length} bytes long. */
    private record Net(int length, int bits, List<Integer> first) {

        static Net of(int bits, Integer... first) {
            return new Net(4, bits, List.of(first));
        }

        static Net ofSix(int bits, Integer... first) {
            return new Net(16, bits, List.of(first));
        }

        boolean contains(byte[] address) {
            if (address.length != length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int at = bit / Byte.SIZE;
                int wanted = at < first.size() ? first.get(at) : 0;
                int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
                if ((address[at] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @throws UnknownHostException where it has no public address, or none is known in time */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found =
                all(host).stream().filter(PublicAddresses::isPublic).toList();
        if (found.isEmpty()) {
            throw new UnknownHostException("no public address");
        }
        return found;
    }

    private List<InetAddress> all(String host) throws UnknownHostException {
        Future<List<InetAddress>> answer;
        try {
            answer = threads.submit(() -> resolver.lookup(host));
        } catch (RejectedExecutionException tooMany) {
            throw new UnknownHostException("too many look-ups are under way");
        }
        try {
            return answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException tooLate) {
            answer.cancel(true);
            throw new UnknownHostException("no answer in time");
        } catch (ExecutionException failed) {
            throw new UnknownHostException("not found");
        } catch (InterruptedException ending) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnknownHostException("interrupted");
        }
    }

    static boolean isPublic(InetAddress address) {
        return !address.isLoopbackAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress()
                && !address.isMulticastAddress()
                && NOT_PUBLIC.stream().noneMatch(net -> net.contains(address.getAddress()));
    }
}
