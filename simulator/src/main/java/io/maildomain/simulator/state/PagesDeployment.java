package io.maildomain.simulator.state;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A deployment of a Pages project.
 *
 * @param environment {@code production} or {@code preview}
 * @param trigger what was said of the commit: {@code branch}, {@code commit_hash}, {@code commit_message}, {@code commit_dirty}
 * @param files the key of each path
 * @param functions the names of the parts that make up its functions
 * @param misfits paths whose key is not made of their content and name as wrangler makes it
 * @param status of its last stage: {@code success}, {@code active} or {@code failure}
 */
public record PagesDeployment(
        String id,
        String environment,
        Instant createdOn,
        Map<String, String> trigger,
        SortedMap<String, String> files,
        List<String> functions,
        List<String> misfits,
        String status) {

    private static final String SUCCESS = "success";

    public PagesDeployment {
        id = id == null ? UUID.randomUUID().toString() : id;
        environment = environment == null ? "production" : environment;
        trigger = Collections.unmodifiableSortedMap(trigger == null ? new TreeMap<>() : new TreeMap<>(trigger));
        files = Collections.unmodifiableSortedMap(files == null ? new TreeMap<>() : new TreeMap<>(files));
        functions = functions == null ? List.of() : List.copyOf(functions);
        status = status == null ? SUCCESS : status;
        misfits = misfits == null ? List.of() : List.copyOf(misfits);
    }

    PagesDeployment completed(Instant now) {
        return createdOn != null
                ? this
                : new PagesDeployment(id, environment, now, trigger, files, functions, misfits, status);
    }

    public PagesDeployment withStatus(String changed) {
        return new PagesDeployment(id, environment, createdOn, trigger, files, functions, misfits, changed);
    }

    /** Whether Cloudflare is through with it, and well. */
    boolean hasSucceeded() {
        return status.equals(SUCCESS);
    }
}
