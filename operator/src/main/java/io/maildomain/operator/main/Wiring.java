package io.maildomain.operator.main;

import io.maildomain.operator.http.Meta;
import io.maildomain.operator.http.Readiness;
import java.util.Map;

/** Puts the reconcilers together. */
final class Wiring implements OperatorRuntime {

    private final Surroundings surroundings;

    Wiring(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void start() {}

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public Readiness readiness() {
        return Readiness.yes("ready");
    }

    @Override
    public Meta meta() {
        return Meta.of(surroundings.version(), Map.of());
    }

    @Override
    public void close() {}
}
