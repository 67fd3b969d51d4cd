package io.maildomain.operator.controller.mailworker;

import io.maildomain.operator.cloudflare.deploy.CustomDomainAnswer;
import io.maildomain.operator.cloudflare.deploy.HostZone;
import io.maildomain.operator.cloudflare.deploy.TriggersApi;
import io.maildomain.operator.cloudflare.deploy.WorkersDev;
import io.maildomain.operator.controller.mailworker.WorkerExecution.Outcome;
import io.maildomain.operator.controller.mailworker.plan.DeployStep;
import io.maildomain.operator.controller.mailworker.plan.RolloutObstacle;
import io.maildomain.operator.controller.mailworker.plan.RoutePattern;

/** Changes what leads to one Worker, one call a step. What leads to others is never taken. */
record TriggerExecution(TriggersApi api, String script) {

    /**
     * One step.
     *
     * @throws io.maildomain.operator.cloudflare.CloudflareException where it is not known whether it was done, or the reason is none
     *     of the Worker's
     */
    Outcome carryOut(DeployStep.Trigger step, Observation seen) {
        if (step instanceof DeployStep.SetSchedules set) {
            api.putSchedules(script, set.schedules());
            return WorkerExecution.PLAIN;
        }
        if (step instanceof DeployStep.SetSubdomain set) {
            boolean previews = api.workersDev(script).map(WorkersDev::previews).orElse(false);
            api.setWorkersDev(script, new WorkersDev(set.enabled(), previews));
            return WorkerExecution.PLAIN;
        }
        if (step instanceof DeployStep.PutDomain put) {
            return put(put.host(), seen);
        }
        if (step instanceof DeployStep.AddRoute add) {
            return seen.zoneOf(RoutePattern.host(add.pattern()))
                    .flatMap(zone -> api.createRoute(zone.id(), add.pattern(), script))
                    .map(created -> WorkerExecution.PLAIN)
                    // One of the same pattern came into being meanwhile: the next look says whose it is.
                    .orElseGet(Outcome.Outrun::new);
        }
        if (step instanceof DeployStep.RemoveDomain remove) {
            api.deleteCustomDomain(remove.id());
            return WorkerExecution.PLAIN;
        }
        DeployStep.RemoveRoute remove = (DeployStep.RemoveRoute) step;
        String zone = seen.zonesOfRoutes().get(remove.id());
        if (zone == null) {
            return new Outcome.Outrun();
        }
        api.deleteRoute(zone, remove.id());
        return WorkerExecution.PLAIN;
    }

    private Outcome put(String host, Observation seen) {
        String zone = seen.zoneOf(host).map(HostZone::id).orElse("");
        CustomDomainAnswer answer = api.putCustomDomain(script, host, zone);
        if (!(answer instanceof CustomDomainAnswer.Kept kept)) {
            return WorkerExecution.PLAIN;
        }
        return switch (kept.obstacle()) {
            case OF_ANOTHER_WORKER -> new Outcome.Outrun();
            case HAS_RECORDS ->
                new Outcome.Refused(new RolloutObstacle.DomainKept(host, "has DNS records that Workers did not make"));
            case NO_ZONE -> new Outcome.Refused(new RolloutObstacle.DomainWithoutZone(host));
        };
    }
}
