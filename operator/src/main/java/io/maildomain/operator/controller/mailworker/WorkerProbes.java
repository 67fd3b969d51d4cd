package io.maildomain.operator.controller.mailworker;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.maildomain.operator.cloudflare.deploy.VersionProbe;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * How probes are asked: a host that does not answer must keep none of the threads that reconcile.
 *
 * @param beside runs what it is given for a namespace on another thread; may refuse it, and it is tried again with the next look
 * @param wake reconciles the resource of that kind and name
 */
public record WorkerProbes(VersionProbe probe, BiConsumer<String, Runnable> beside, Consumer<HasMetadata> wake) {}
