package io.maildomain.operator.app;

import io.maildomain.operator.server.http.Meta;
import io.maildomain.operator.server.http.ProbeResult;
import java.util.Map;

/** The program without its reconcilers: what is tried with it is how it starts and ends. */
final class BareMain {

    /** Given to {@code --owner-id}, it makes the start fail. */
    static final String FAILS = "fails";

    private BareMain() {}

    public static void main(String[] arguments) {
        System.exit(Main.commandLine(Nothing::new, System::getenv).execute(arguments));
    }

    private record Nothing(Surroundings surroundings) implements OperatorRuntime {

        @Override
        public void start() {
            if (surroundings.settings().scope().ownerId().filter(FAILS::equals).isPresent()) {
                throw new IllegalStateException("Error starting", new StartFailure("the CRDs are missing"));
            }
        }

        @Override
        public ProbeResult alive() {
            return ProbeResult.pass("ok");
        }

        @Override
        public ProbeResult readiness() {
            return ProbeResult.pass("ready");
        }

        @Override
        public Meta meta() {
            return Meta.of(surroundings.version(), Map.of());
        }

        @Override
        public void close() {}
    }
}
