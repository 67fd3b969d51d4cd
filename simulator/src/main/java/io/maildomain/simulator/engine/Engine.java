package io.maildomain.simulator.engine;

import io.maildomain.simulator.accounts.AccountOperations;
import io.maildomain.simulator.addresses.AddressOperations;
import io.maildomain.simulator.api.Answer;
import io.maildomain.simulator.api.Api;
import io.maildomain.simulator.api.Reception;
import io.maildomain.simulator.api.Request;
import io.maildomain.simulator.api.Route;
import io.maildomain.simulator.calls.CallLog;
import io.maildomain.simulator.d1.DatabaseOperations;
import io.maildomain.simulator.d1.ImportOperations;
import io.maildomain.simulator.d1.QueryOperations;
import io.maildomain.simulator.d1.TimeTravelOperations;
import io.maildomain.simulator.dns.DnsOperations;
import io.maildomain.simulator.faults.FaultPlan;
import io.maildomain.simulator.faults.Faults;
import io.maildomain.simulator.faults.Outcome;
import io.maildomain.simulator.limits.Budgets;
import io.maildomain.simulator.limits.RateLimit;
import io.maildomain.simulator.others.OtherProducts;
import io.maildomain.simulator.pages.PagesAssetOperations;
import io.maildomain.simulator.pages.PagesDeploymentOperations;
import io.maildomain.simulator.pages.ProjectOperations;
import io.maildomain.simulator.quirks.Quirks;
import io.maildomain.simulator.r2.BucketOperations;
import io.maildomain.simulator.routing.RoutingOperations;
import io.maildomain.simulator.rules.AccountRuleOperations;
import io.maildomain.simulator.rules.CatchAllOperations;
import io.maildomain.simulator.rules.RuleOperations;
import io.maildomain.simulator.state.World;
import io.maildomain.simulator.state.WorldState;
import io.maildomain.simulator.suppressions.SuppressionOperations;
import io.maildomain.simulator.tokens.TokenOperations;
import io.maildomain.simulator.workers.AssetOperations;
import io.maildomain.simulator.workers.DeploymentOperations;
import io.maildomain.simulator.workers.DomainOperations;
import io.maildomain.simulator.workers.EnvironmentOperations;
import io.maildomain.simulator.workers.RouteOperations;
import io.maildomain.simulator.workers.ScriptOperations;
import io.maildomain.simulator.workers.SecretOperations;
import io.maildomain.simulator.workers.SettingOperations;
import io.maildomain.simulator.workers.VersionOperations;
import io.maildomain.simulator.zones.ZoneOperations;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The simulated Cloudflare without its server. Safe for use by several threads. */
public final class Engine {

    private final Object lock = new Object();
    private final Clock clock;
    private final Budgets budgets;
    private final World world;
    private final Quirks quirks = new Quirks();
    private final Faults faults = new Faults();
    private final CallLog calls = new CallLog();
    private final Api api;
    private volatile Runnable changeListener = () -> {};

    public Engine(Clock clock, RateLimit limit) {
        this.clock = clock;
        this.budgets = new Budgets(limit, clock);
        this.world = new World(clock);
        this.api = new Api(world, quirks, budgets, routes());
    }

    private static List<Route> routes() {
        return Stream.of(
                        ZoneOperations.routes(),
                        DnsOperations.routes(),
                        RoutingOperations.routes(),
                        RuleOperations.routes(),
                        CatchAllOperations.routes(),
                        AccountRuleOperations.routes(),
                        AddressOperations.routes(),
                        SuppressionOperations.routes(),
                        ScriptOperations.routes(),
                        EnvironmentOperations.routes(),
                        VersionOperations.routes(),
                        DeploymentOperations.routes(),
                        SettingOperations.routes(),
                        SecretOperations.routes(),
                        AssetOperations.routes(),
                        DomainOperations.routes(),
                        RouteOperations.routes(),
                        DatabaseOperations.routes(),
                        QueryOperations.routes(),
                        TimeTravelOperations.routes(),
                        ImportOperations.routes(),
                        BucketOperations.routes(),
                        ProjectOperations.routes(),
                        PagesAssetOperations.routes(),
                        PagesDeploymentOperations.routes(),
                        OtherProducts.routes(),
                        AccountOperations.routes(),
                        TokenOperations.routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Serves a request of the API. */
    public Outcome serve(Request request) {
        synchronized (lock) {
            long before = world.revision();
            Reception reception = api.receive(request);
            String token = reception.caller().orElse(null);
            Outcome outcome = faults.meet(request, token)
                    .map(met -> Outcome.of(met.fault(), () -> met.api().answer(reception)))
                    .orElseGet(() -> Outcome.plain(api.answer(reception)));
            calls.add(
                    world.now(),
                    request.method(),
                    request.target(),
                    reception.template(),
                    outcome.answer().map(Answer::status).orElse(0),
                    token,
                    outcome.faulty());
            tellOfChange(before);
            return outcome;
        }
    }

    /** Does something with the world while no other thread does. */
    public <T> T with(Function<World, T> action) {
        synchronized (lock) {
            long before = world.revision();
            try {
                return action.apply(world);
            } finally {
                tellOfChange(before);
            }
        }
    }

    /** Plants a fault; the answer is its id. One that answers with what there was keeps what there is now. */
    public int plant(FaultPlan plan) {
        synchronized (lock) {
            return faults.add(plan, plan.fault().isStale() ? apiOfNow() : api);
        }
    }

    /** Answers from what there is now, whatever comes after; from the same request budgets. */
    private Api apiOfNow() {
        World now = new World(clock);
        now.load(world.state(quirks.changed()));
        return new Api(now, quirks, budgets, routes());
    }

    private void tellOfChange(long before) {
        if (world.revision() != before) {
            changeListener.run();
        }
    }

    /** Called after each change of the world, with the lock held: must return at once. */
    public void onChange(Runnable listener) {
        changeListener = listener;
    }

    /** Everything it holds. */
    public WorldState state() {
        synchronized (lock) {
            return world.state(quirks.changed());
        }
    }

    /**
     * Holds that state instead.
     *
     * @throws IllegalArgumentException saying what is wrong with it; then nothing has changed
     */
    public void load(WorldState state) {
        synchronized (lock) {
            WorldState before = world.state(quirks.changed());
            try {
                quirks.replaceBy(state.quirks());
                world.load(state);
            } catch (IllegalArgumentException e) {
                quirks.replaceBy(before.quirks());
                world.load(before);
                throw e;
            }
            changeListener.run();
        }
    }

    public Quirks quirks() {
        return quirks;
    }

    public Faults faults() {
        return faults;
    }

    public CallLog calls() {
        return calls;
    }
}
