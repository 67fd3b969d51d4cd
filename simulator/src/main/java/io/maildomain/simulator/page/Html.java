package io.maildomain.simulator.page;

/** HTML in the making: whatever is not markup of ours is escaped. */
final class Html {

    private final StringBuilder out = new StringBuilder();

    /** Markup of ours, as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text, whatever its source. */
    Html text(Object value) {
        out.append(escaped(String.valueOf(value)));
        return this;
    }

    /** One element around a text. */
    Html element(String name, Object value) {
        return raw("<" + name + ">").text(value).raw("</" + name.split(" ")[0] + ">");
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
