package io.maildomain.operator.cloudflare;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.maildomain.operator.cloudflare.deploy.SiteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * Files of a site as Pages takes them: JSON with their contents in base64. It is written while it is sent, for one large file in a
 * source would take several times its size of memory else.
 */
final class SiteFilesBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final byte[] NOTHING = {};

    private final List<SiteFile> files;
    private final JsonMapper mapper;

    SiteFilesBody(List<SiteFile> files, JsonMapper mapper) {
        this.files = List.copyOf(files);
        this.mapper = mapper;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() throws IOException {
        ByteArrayOutputStream around = new ByteArrayOutputStream();
        write(around, false);
        return around.size()
                + files.stream()
                        .mapToLong(file -> (file.content().length + 2L) / 3 * 4)
                        .sum();
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        write(sink.outputStream(), true);
    }

    private void write(OutputStream out, boolean contents) throws IOException {
        try (JsonGenerator json = mapper.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartArray();
            for (SiteFile file : files) {
                json.writeStartObject();
                json.writeStringField("key", file.key());
                json.writeBinaryField("value", contents ? file.content() : NOTHING);
                json.writeObjectFieldStart("metadata");
                json.writeStringField("contentType", file.contentType());
                json.writeEndObject();
                json.writeBooleanField("base64", true);
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    @Override
    public String toString() {
        return "SiteFilesBody[%d files]".formatted(files.size());
    }
}
