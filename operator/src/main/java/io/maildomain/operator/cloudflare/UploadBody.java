package io.maildomain.operator.cloudflare;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A body that is sent only as long as this process leads. A large one is on its way for longer than the Lease lasts: so the fence is
 * asked before each part of it but the first, and Cloudflare does nothing with one that comes without its end.
 */
final class UploadBody extends RequestBody {
    private static final long PART_BYTES = 64 << 10;

    private final RequestBody body;
    private final BooleanSupplier mayGoOn;

    UploadBody(RequestBody body, BooleanSupplier mayGoOn) {
        this.body = body;
        this.mayGoOn = mayGoOn;
    }

    @Override
    public @Nullable MediaType contentType() {
        return body.contentType();
    }

    @Override
    public long contentLength() throws IOException {
        return body.contentLength();
    }

    /** A second time would be a second write. */
    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        BufferedSink asking = Okio.buffer(new ForwardingSink(sink) {
            private long since;

            @Override
            public void write(Buffer source, long byteCount) throws IOException {
                long left = byteCount;
                while (left > 0) {
                    if (since == PART_BYTES) {
                        mustGoOn();
                        since = 0;
                    }
                    long part = Math.min(left, PART_BYTES - since);
                    super.write(source, part);
                    since += part;
                    left -= part;
                }
            }
        });
        body.writeTo(asking);
        asking.emit();
    }

    private void mustGoOn() throws CutShort {
        if (!mayGoOn.getAsBoolean()) {
            throw new CutShort();
        }
    }

    /** This process does not lead any more: the end of the body was not sent. */
    static final class CutShort extends IOException {
        private static final long serialVersionUID = 1L;

        CutShort() {
            super(Failure.Fenced.NOT_LEADING.why());
        }
    }
}
