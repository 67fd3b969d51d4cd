package io.maildomain.benchmark;

import io.maildomain.harness.Checkout;
import io.maildomain.harness.KubeApi;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where scenarios are played: one API server for all of them, and a fleet of healthy domains that several share. */
public final class Laboratory implements AutoCloseable {

    private final Checkout checkout;
    private final KubeApi api;
    private final Scale scale;
    private final Program program;
    private @Nullable Fleet fleet;

    private Laboratory(Checkout checkout, KubeApi api, Scale scale, Program program) {
        this.checkout = checkout;
        this.api = api;
        this.scale = scale;
        this.program = program;
    }

    /** Starts the API server, with our CRDs. */
    static Laboratory open(Checkout checkout, Scale scale, Program program) {
        KubeApi api = KubeApi.start(checkout);
        api.installCrds(checkout.crds());
        return new Laboratory(checkout, api, scale, program);
    }

    /** How large everything is. */
    public Scale scale() {
        return scale;
    }

    /** A rig of a scenario's own with so many tenants; the operator runs, and its account is ready. */
    public Rig rig(String name, Setting setting, int tenants) {
        if (fleet != null) {
            // Accounts are seen by every operator of a cluster: one at a time.
            fleet.rig().pause();
        }
        return Rig.open(this, name, setting, tenants);
    }

    /** The fleet, with its domains adopted by the first who asks for it. */
    public Fleet fleet() {
        Fleet there = fleet;
        if (there == null) {
            there = Fleet.adopted(rig("fleet", Setting.unlimited(), 1), scale.domains());
            fleet = there;
        }
        return there;
    }

    String kubernetesVersion() {
        return api.client().getKubernetesVersion().getGitVersion();
    }

    Checkout checkout() {
        return checkout;
    }

    /** How the operator is run. */
    Program program() {
        return program;
    }

    KubeApi api() {
        return api;
    }

    /** Where logs go. */
    Path files() {
        return checkout.root().resolve("benchmark/target/benchmark");
    }

    /** Where the simulator's exchanges go. */
    Path recordings() {
        return checkout.root().resolve("benchmark/target/recordings");
    }

    @Override
    public void close() {
        if (fleet != null) {
            fleet.rig().close();
        }
        api.close();
    }
}
