package io.maildomain.simulator.pages;

import io.maildomain.simulator.api.Call;
import io.maildomain.simulator.api.Guard;
import io.maildomain.simulator.api.Refusal;
import io.maildomain.simulator.rights.Product;
import io.maildomain.simulator.rights.Right;
import io.maildomain.simulator.state.Account;
import io.maildomain.simulator.state.Lists;
import io.maildomain.simulator.state.PagesProject;
import io.maildomain.simulator.state.World;

/** What all operations on one Pages project have in common. */
final class Projects {

    static final String ALL = "/accounts/{account_id}/pages/projects";
    static final String ONE = ALL + "/{project_name}";
    static final Guard READ = Guard.account(Right.read(Product.CLOUDFLARE_PAGES));
    static final Guard EDIT = Guard.account(Right.edit(Product.CLOUDFLARE_PAGES));

    private Projects() {}

    /**
     * The project of the path.
     *
     * @throws Refusal 404/8000007
     */
    static PagesProject existing(Call call) {
        return existing(call.account(), call.parameter("project_name"));
    }

    static PagesProject existing(Account account, String name) {
        return account.platform()
                .project(name)
                .orElseThrow(() -> new Refusal(
                        404,
                        8000007,
                        "Project not found. The specified project name does not match any of your existing projects."));
    }

    static PagesProject put(World world, Account account, PagesProject project) {
        world.put(account.withPlatform(account.platform()
                .withPages(Lists.put(
                        account.platform().pages(), other -> other.name().equals(project.name()), project))));
        return project;
    }

    static PagesProject put(Call call, PagesProject project) {
        return put(call.world(), call.account(), project);
    }

    static Refusal invalid(String message) {
        return new Refusal(400, 8000000, message);
    }
}
