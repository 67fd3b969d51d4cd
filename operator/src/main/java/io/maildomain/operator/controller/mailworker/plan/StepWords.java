package io.maildomain.operator.controller.mailworker.plan;

/** A step that is pending, as people read it. Pure. */
final class StepWords {

    private StepWords() {}

    /** @param step one that writes; of another one there is nothing to say */
    static String of(DeployStep step) {
        if (step instanceof DeployStep.ApplyMigration migration) {
            return "apply " + migration.migration().name() + " to " + migration.database();
        }
        if (step instanceof DeployStep.UploadFirst) {
            return "create the Worker, which then serves";
        }
        if (step instanceof DeployStep.UploadVersion) {
            return "upload a version";
        }
        if (step instanceof DeployStep.DeployAtZero) {
            return "deploy the version at 0 %, where its probe reaches it";
        }
        if (step instanceof DeployStep.Promote) {
            return "let the version serve";
        }
        if (step instanceof DeployStep.GoBack back) {
            return "let version " + back.previous() + " serve again";
        }
        if (step instanceof DeployStep.PutBack back) {
            return "let version " + back.version() + " serve again";
        }
        return step instanceof DeployStep.DeleteWorker ? "delete the Worker" : trigger(step);
    }

    private static String trigger(DeployStep step) {
        if (step instanceof DeployStep.SetSchedules set) {
            return set.schedules().isEmpty()
                    ? "take its schedules away"
                    : "start it at " + String.join(", ", set.schedules());
        }
        if (step instanceof DeployStep.SetSubdomain set) {
            return "switch workers.dev " + (set.enabled() ? "on" : "off") + " for it";
        }
        if (step instanceof DeployStep.PutDomain put) {
            return "lead " + put.host() + " to it";
        }
        if (step instanceof DeployStep.RemoveDomain remove) {
            return "lead " + remove.host() + " to it no more";
        }
        if (step instanceof DeployStep.AddRoute add) {
            return "lead the route " + add.pattern() + " to it";
        }
        return step instanceof DeployStep.RemoveRoute remove
                ? "lead the route " + remove.pattern() + " to it no more"
                : "";
    }
}
