package io.maildomain.operator.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;

/** What verbs print for programs. */
final class JsonOutput {

    private static final ObjectWriter INDENTED =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writer();

    private JsonOutput() {}

    /** @param document a record, or a list of records, of texts, numbers and lists */
    static String of(Object document) {
        try {
            return INDENTED.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a record of strings is always JSON", impossible);
        }
    }
}
