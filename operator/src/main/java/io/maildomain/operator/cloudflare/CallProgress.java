package io.maildomain.operator.cloudflare;

import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;

/**
 * How far one call came: what decides whether a call without an answer can have taken effect. It travels as a tag of the
 * request, and is used by one thread at a time.
 */
final class CallProgress extends EventListener {
    private volatile boolean connecting;
    private volatile boolean connected;
    private volatile boolean sending;
    private volatile int status;
    private volatile String contentType = "";

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
        connecting = true;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        connected = true;
    }

    @Override
    public void requestHeadersStart(Call call) {
        sending = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        status = response.code();
    }

    /** The whole answer is there, cleaned. */
    void answered(Response response) {
        contentType = Text.orEmpty(response.header("Content-Type"));
    }

    /** Whether a connection stood. */
    boolean connected() {
        return connected;
    }

    /** Whether a part of the request may have left this machine. */
    boolean sending() {
        return sending;
    }

    /** Whether it used a connection of an earlier call and no answer came: the server may just have closed it. */
    boolean diedOnAnOldConnection() {
        return connected && !connecting && status == 0;
    }

    /** The status of the answer; 0 without one. */
    int status() {
        return status;
    }

    /** What the answer says it is; "" if it does not. */
    String contentType() {
        return contentType;
    }
}
