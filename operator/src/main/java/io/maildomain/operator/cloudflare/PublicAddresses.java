package io.maildomain.operator.cloudflare;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Dns;

/**
 * A look-up that tells of public addresses only: what it leaves out, okhttp does not connect to, as it connects to nothing but what it was
 * told. Public is what IANA's registries of special-purpose addresses call globally reachable; where one of them takes a part out of a block
 * that is not, that part is left out as well.
 *
 * @param dns asked for all addresses of a name
 */
public record PublicAddresses(Dns dns) implements Dns {

    private static final List<Block> NOT_PUBLIC = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    // Multicast, and what is reserved for later, up to the broadcast address.
                    "224.0.0.0/3",
                    // Of IPv6, protocols' own (Teredo among them), examples and 6to4, which lie within the block below.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Block::of)
            .toList();

    /** Nothing else of IPv6 is given to hosts of the Internet. */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");

    /** A gateway sends it on to the IPv4 address that its end is. */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private static final int IPV4 = 4;

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> found =
                dns.lookup(host).stream().filter(PublicAddresses::isPublic).toList();
        if (found.isEmpty()) {
            throw new NoneIsPublic();
        }
        return found;
    }

    /** The name is known, at addresses that are not public. Says none of them. */
    static final class NoneIsPublic extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NoneIsPublic() {
            super("no public address");
        }
    }

    /** Whether it is one of the Internet. An IPv4 address within one of IPv6 ({@code ::ffff:10.0.0.1}) is one of IPv4 to Java. */
    public static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        byte[] reached = NAT64.holds(bytes) ? Arrays.copyOfRange(bytes, bytes.length - IPV4, bytes.length) : bytes;
        return (reached.length == IPV4 || GLOBAL_UNICAST.holds(reached))
                && NOT_PUBLIC.stream().noneMatch(block -> block.holds(reached));
    }

    /**
     * All addresses that begin with the same bits.
     *
     * @param bits so many of the address
     */
    private record Block(byte[] address, int bits) {

        static Block of(String cidr) {
            String[] parts = cidr.split("/");
            try {
                // No look-up: it is no name.
                return new Block(InetAddress.getByName(parts[0]).getAddress(), Integer.parseInt(parts[1]));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(cidr, e);
            }
        }

        boolean holds(byte[] other) {
            int whole = bits / Byte.SIZE;
            int rest = Byte.SIZE - bits % Byte.SIZE;
            return other.length == address.length
                    && Arrays.equals(address, 0, whole, other, 0, whole)
                    && (rest == Byte.SIZE || (other[whole] & 0xff) >> rest == (address[whole] & 0xff) >> rest);
        }
    }
}
