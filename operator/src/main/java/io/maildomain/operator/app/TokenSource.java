package io.maildomain.operator.app;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.maildomain.api.v1alpha1.CloudflareAccount;
import io.maildomain.operator.controller.account.TokenCheck;
import io.maildomain.operator.credentials.AccountId;
import io.maildomain.operator.credentials.SecretData;
import io.maildomain.operator.credentials.Surface;
import io.maildomain.operator.credentials.TokenResolution;
import io.maildomain.operator.kubernetes.secrets.AccountSecrets;
import io.maildomain.operator.kubernetes.secrets.SecretKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where {@code check-tokens}, {@code import}, {@code plan} and {@code trace} find tokens.
 *
 * @param accountId that the account names; "" if it names none: then the runtime data may
 */
record TokenSource(TokenCheck.Source runtime, TokenCheck.Source deploy, String accountId) {

    /** The files of a mounted Secret; those of other names are not opened. */
    static TokenSource ofFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new StartFailure(folder + " is no folder: mount the Secret there, or name another one");
        }
        if (!Files.isExecutable(folder)) {
            throw new StartFailure(folder + " cannot be entered: make it readable for this user");
        }
        Map<String, byte[]> data = new HashMap<>();
        for (String key : keys()) {
            Path file = folder.resolve(key);
            try {
                if (Files.isRegularFile(file)) {
                    data.put(key, Files.readAllBytes(file));
                }
            } catch (IOException unreadable) {
                throw new StartFailure(file + " cannot be read: make it readable for this user", unreadable);
            }
        }
        TokenCheck.Source source = new TokenCheck.Source("folder " + folder, SecretData.ofBytes(data));
        return new TokenSource(source, source, "");
    }

    /**
     * The environment variables that are called as the keys of a Secret.
     *
     * @param variables the value of a variable, or null
     */
    static TokenSource ofEnvironment(UnaryOperator<String> variables) {
        Map<String, byte[]> data = new HashMap<>();
        for (String key : keys()) {
            String value = variables.apply(key);
            if (value != null) {
                data.put(key, value.getBytes(StandardCharsets.UTF_8));
            }
        }
        TokenCheck.Source source = new TokenCheck.Source("the environment", SecretData.ofBytes(data));
        return new TokenSource(source, source, "");
    }

    /** The Secrets that an account names, read from the cluster. */
    static TokenSource ofAccount(String name) {
        Config config = ClusterAccess.config();
        ClusterAccess.probe(config);
        try (KubernetesClient client = ClusterAccess.client(config, ProductVersion.current())) {
            CloudflareAccount account =
                    client.resources(CloudflareAccount.class).withName(name).get();
            if (account == null) {
                throw new StartFailure(
                        "there is no CloudflareAccount " + name + ": create it, name another one, or use --secret-dir");
            }
            return new TokenSource(
                    secret(client, AccountSecrets.of(account, Surface.RUNTIME)),
                    secret(client, AccountSecrets.of(account, Surface.DEPLOY)),
                    account.getSpec().wantedAccountId().orElse(""));
        } catch (KubernetesClientException refused) {
            throw new StartFailure(
                    "the account or its Secrets cannot be read: the API server answered " + refused.getCode(), refused);
        }
    }

    /** The token of the operator's daily work. */
    TokenResolution.Found runtimeToken() {
        TokenResolution resolution = TokenResolution.resolve(Surface.RUNTIME, runtime.data());
        if (resolution instanceof TokenResolution.Found found) {
            return found;
        }
        if (resolution instanceof TokenResolution.Malformed malformed) {
            throw new StartFailure("key " + malformed.key() + " of " + runtime.source() + " holds no usable token: "
                    + malformed.reason());
        }
        throw new StartFailure("no token in " + runtime.source() + ": set " + Surface.RUNTIME.splitKey() + " or "
                + Surface.SHARED_KEY);
    }

    /** The account's id; "" where none is known. */
    String knownAccountId() {
        return accountId.isEmpty() && AccountId.resolve(runtime.data()) instanceof AccountId.Found found
                ? found.id()
                : accountId;
    }

    private static TokenCheck.Source secret(KubernetesClient client, SecretKey key) {
        Secret secret = client.secrets()
                .inNamespace(key.namespace())
                .withName(key.name())
                .get();
        if (secret == null) {
            throw new StartFailure("there is no Secret " + key + ": create it with the keys of docs/guides/tokens.md");
        }
        return new TokenCheck.Source("Secret " + key, SecretData.ofBase64(secret.getData()));
    }

    private static List<String> keys() {
        return Stream.concat(
                        Stream.of(Surface.values()).flatMap(surface -> surface.keys().stream()),
                        Stream.of(AccountId.KEY))
                .distinct()
                .toList();
    }
}
