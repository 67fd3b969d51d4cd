package io.maildomain.operator.cloudflare;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body of several parts, of type {@code multipart/form-data}. Its text does not show them. */
final class Form {
    private final List<MultipartBody.Part> parts = new ArrayList<>();

    /** A part that is no file. */
    Form field(String name, String value) {
        parts.add(MultipartBody.Part.createFormData(name, null, body(value.getBytes(StandardCharsets.UTF_8), null)));
        return this;
    }

    /** A file whose name is the name of its part as well. */
    Form file(String name, String contentType, byte[] content) {
        parts.add(MultipartBody.Part.createFormData(name, name, body(content, MediaType.get(contentType))));
        return this;
    }

    private static RequestBody body(byte[] content, @Nullable MediaType type) {
        return new InParts(content, type);
    }

    /** Sent part by part: okhttp would copy all of it into a buffer first. */
    private static final class InParts extends RequestBody {
        private static final int PART = 64 << 10;

        private final byte[] content;
        private final @Nullable MediaType type;

        private InParts(byte[] content, @Nullable MediaType type) {
            this.content = content;
            this.type = type;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public long contentLength() {
            return content.length;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            for (int from = 0; from < content.length; from += PART) {
                sink.write(content, from, Math.min(PART, content.length - from));
            }
        }
    }

    RequestBody body() {
        MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        parts.forEach(body::addPart);
        return body.build();
    }
}
