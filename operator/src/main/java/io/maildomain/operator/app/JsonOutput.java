package io.maildomain.operator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

/** What verbs print for programs. */
final class JsonOutput {

    private static final ObjectWriter ONE_LINE = new ObjectMapper().writer();
    private static final ObjectWriter INDENTED = ONE_LINE.with(SerializationFeature.INDENT_OUTPUT);

    private JsonOutput() {}

    /** @param document a record, or a list of records, of texts, numbers and lists */
    static String of(Object document) {
        return written(INDENTED, document);
    }

    /** The same in one line. */
    static String line(Object document) {
        return written(ONE_LINE, document);
    }

    private static String written(ObjectWriter writer, Object document) {
        try {
            return writer.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of strings is always JSON", impossible);
        }
    }
}
