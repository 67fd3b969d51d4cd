package io.maildomain.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The proxy before the API server, where no API server is needed. */
class ApiServerProxyTest {

    private static final int ROUNDS = 300;

    /** A thread that waits in accept keeps the port in the kernel for a moment after the socket was closed. */
    @Test
    void aProxyThatGoesAwayKeepsItsPortAndComesBackToIt() throws IOException {
        Config nowhere = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://127.0.0.1:9/")
                .build();
        List<Thread> busy = new ArrayList<>();
        try (ApiServerProxy proxy = ApiServerProxy.before(nowhere)) {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors() * 4; i++) {
                busy.add(spinning());
            }
            int port = port(proxy);
            for (int round = 0; round < ROUNDS; round++) {
                connect(port);
                proxy.goAway();
                assertThatThrownBy(() -> connect(port)).isInstanceOf(ConnectException.class);
                proxy.comeBack();
                assertThat(port(proxy)).isEqualTo(port);
            }
        } finally {
            busy.forEach(Thread::interrupt);
        }
    }

    private static int port(ApiServerProxy proxy) {
        return proxy.address().getPort();
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    /** A machine that has other things to do, as in CI, so that the waiting thread is not woken at once. */
    private static Thread spinning() {
        Thread thread = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
