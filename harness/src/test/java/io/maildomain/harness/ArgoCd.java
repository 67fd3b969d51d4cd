package io.maildomain.harness;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** Runs the Lua of {@code examples/argocd/argocd-cm.yaml} as Argo CD does. */
final class ArgoCd {

    private static final JsonNode DATA =
            read(Checkout.find().examples().resolve("argocd/argocd-cm.yaml")).path("data");

    private ArgoCd() {}

    /** What it shows of a resource: {@code status} and {@code message}. */
    static LuaValue health(JsonNode resource) {
        String kind = resource.path("kind").asText();
        return run(
                DATA.path("resource.customizations.health.maildomain.io_" + kind)
                        .asText(),
                resource);
    }

    static String action(String kind, String name) {
        for (JsonNode definition : actions(kind).path("definitions")) {
            if (definition.path("name").asText().equals(name)) {
                return definition.path("action.lua").asText();
            }
        }
        throw new HarnessException("no action " + name + " of " + kind.toLowerCase(Locale.ROOT));
    }

    static JsonNode actions(String kind) {
        return Serialization.unmarshal(
                DATA.path("resource.customizations.actions.maildomain.io_" + kind)
                        .asText(),
                JsonNode.class);
    }

    static LuaValue run(String script, JsonNode resource) {
        Globals globals = JsePlatform.standardGlobals();
        globals.set("obj", lua(resource));
        return globals.load(script).call();
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                table.set(field.getKey(), lua(field.getValue()));
            }
            return table;
        }
        if (node.isArray()) {
            LuaTable table = new LuaTable();
            for (int i = 0; i < node.size(); i++) {
                table.set(i + 1, lua(node.get(i)));
            }
            return table;
        }
        if (node.isBoolean()) {
            return LuaValue.valueOf(node.asBoolean());
        }
        // As Argo CD has them: every number of JSON is one with a fraction.
        return node.isNumber() ? LuaValue.valueOf(node.asDouble()) : LuaValue.valueOf(node.asText());
    }

    private static JsonNode read(Path file) {
        try {
            return Serialization.unmarshal(Files.readString(file), JsonNode.class);
        } catch (IOException e) {
            throw new HarnessException(file + " cannot be read", e);
        }
    }
}
