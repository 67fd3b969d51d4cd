package io.maildomain.operator.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Cleans what another encoder wrote: message, arguments, MDC and exceptions alike. */
final class RedactingEncoder extends EncoderBase<ILoggingEvent> {

    private final Encoder<ILoggingEvent> encoder;
    private final Redactor redactor;

    RedactingEncoder(Encoder<ILoggingEvent> encoder, Redactor redactor) {
        this.encoder = encoder;
        this.redactor = redactor;
    }

    @Override
    public byte[] headerBytes() {
        return encoder.headerBytes();
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String entry = new String(encoder.encode(event), StandardCharsets.UTF_8);
        return redactor.clean(entry).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] footerBytes() {
        return encoder.footerBytes();
    }
}
