package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/cloudflare/cloudflare-go/v6"
	"github.com/cloudflare/cloudflare-go/v6/d1"
	"github.com/cloudflare/cloudflare-go/v6/pages"
	"github.com/cloudflare/cloudflare-go/v6/r2"
	"github.com/cloudflare/cloudflare-go/v6/workers"
)

// deploy creates, reads and deletes what is deployed: a database, a bucket, a Worker with what leads to it, a Pages project.
func deploy(zone string) {
	a := cloudflare.F(account)
	database := step("D1.Database.New", func() (*d1.D1, error) {
		return client.D1.Database.New(ctx, d1.DatabaseNewParams{AccountID: a, Name: cloudflare.F("go-db")})
	}, func(d *d1.D1) bool { return d.Name == "go-db" }).UUID
	query := func(sql string) func() (string, error) {
		return func() (string, error) {
			page, err := client.D1.Database.Query(ctx, database, d1.DatabaseQueryParams{
				AccountID: a, Body: d1.DatabaseQueryParamsBodyD1SingleQuery{Sql: cloudflare.F(sql)},
			})
			if err != nil {
				return "", err
			}
			return fmt.Sprint(page.Result[len(page.Result)-1].Results), nil
		}
	}
	bookmark := step("D1.Database.TimeTravel.GetBookmark", func() (*d1.DatabaseTimeTravelGetBookmarkResponse, error) {
		return client.D1.Database.TimeTravel.GetBookmark(ctx, database, d1.DatabaseTimeTravelGetBookmarkParams{AccountID: a})
	}, func(b *d1.DatabaseTimeTravelGetBookmarkResponse) bool { return b.Bookmark != "" }).Bookmark
	step("D1.Database.Query", query("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('x'); SELECT a FROM t"),
		func(rows string) bool { return rows == "[map[a:x]]" })
	refused("D1.Database.Query with an error is 7500", 400, 7500, query("SELECT 1 FROM gone"))
	step("D1.Database.TimeTravel.Restore", func() (*d1.DatabaseTimeTravelRestoreResponse, error) {
		return client.D1.Database.TimeTravel.Restore(ctx, database,
			d1.DatabaseTimeTravelRestoreParams{AccountID: a, Bookmark: cloudflare.F(bookmark)})
	}, func(r *d1.DatabaseTimeTravelRestoreResponse) bool { return r.PreviousBookmark > bookmark })
	refused("D1.Database.Query after that is 7500", 400, 7500, query("SELECT a FROM t"))

	step("R2.Buckets.New", func() (*r2.Bucket, error) {
		return client.R2.Buckets.New(ctx, r2.BucketNewParams{AccountID: a, Name: cloudflare.F("go-bucket")})
	}, func(b *r2.Bucket) bool { return b.Name == "go-bucket" })
	step("R2.Buckets.Get", func() (*r2.Bucket, error) {
		return client.R2.Buckets.Get(ctx, "go-bucket", r2.BucketGetParams{AccountID: a})
	}, func(b *r2.Bucket) bool { return b.Name == "go-bucket" })
	refused("R2.Buckets.Get of another jurisdiction is 10006", 404, 10006, func() (*r2.Bucket, error) {
		return client.R2.Buckets.Get(ctx, "go-bucket",
			r2.BucketGetParams{AccountID: a, Jurisdiction: cloudflare.F(r2.BucketGetParamsCfR2JurisdictionEu)})
	})

	step("Workers.Scripts.Update", func() (*workers.ScriptUpdateResponse, error) {
		return client.Workers.Scripts.Update(ctx, "go-worker", workers.ScriptUpdateParams{
			AccountID: a,
			Metadata: cloudflare.F(workers.ScriptUpdateParamsMetadata{
				MainModule: cloudflare.F("index.js"),
				Bindings: cloudflare.F([]workers.ScriptUpdateParamsMetadataBindingUnion{
					workers.ScriptUpdateParamsMetadataBindingsWorkersBindingKindD1{
						ID: cloudflare.F(database), Name: cloudflare.F("DB"),
						Type: cloudflare.F(workers.ScriptUpdateParamsMetadataBindingsWorkersBindingKindD1TypeD1),
					},
				}),
			}),
			Files: cloudflare.F([]io.Reader{
				cloudflare.FileParam(strings.NewReader("export default {}"), "index.js", "application/javascript+module").Value,
			}),
		})
	}, func(s *workers.ScriptUpdateResponse) bool { return s.ID == "go-worker" })
	deployments := func() (*workers.ScriptDeploymentListResponse, error) {
		return client.Workers.Scripts.Deployments.List(ctx, "go-worker", workers.ScriptDeploymentListParams{AccountID: a})
	}
	serving := step("Workers.Scripts.Deployments.List", deployments,
		func(d *workers.ScriptDeploymentListResponse) bool { return len(d.Deployments) == 1 }).Deployments[0].Versions[0].VersionID
	deployment := step("Workers.Scripts.Deployments.New", func() (*workers.Deployment, error) {
		return client.Workers.Scripts.Deployments.New(ctx, "go-worker", workers.ScriptDeploymentNewParams{
			AccountID: a,
			Deployment: workers.DeploymentParam{
				Strategy: cloudflare.F(workers.DeploymentStrategyPercentage),
				Versions: cloudflare.F([]workers.DeploymentVersionParam{
					{VersionID: cloudflare.F(serving), Percentage: cloudflare.F(100.0)},
				}),
			},
		})
	}, func(d *workers.Deployment) bool { return d.ID != "" })
	step("Workers.Scripts.Deployments.Get", func() (*workers.Deployment, error) {
		return client.Workers.Scripts.Deployments.Get(ctx, "go-worker", deployment.ID, workers.ScriptDeploymentGetParams{AccountID: a})
	}, func(d *workers.Deployment) bool { return d.Source == "api" })
	step("Workers.Scripts.Versions.List", func() (int, error) {
		page, err := client.Workers.Scripts.Versions.List(ctx, "go-worker", workers.ScriptVersionListParams{AccountID: a})
		if err != nil {
			return 0, err
		}
		return len(page.Result.Items), nil
	}, func(n int) bool { return n == 1 })
	step("Workers.Domains.Update", func() (*workers.Domain, error) {
		return client.Workers.Domains.Update(ctx, workers.DomainUpdateParams{
			AccountID: a, Hostname: cloudflare.F("api.go.example"), Service: cloudflare.F("go-worker"),
			ZoneID: cloudflare.F(zone), Environment: cloudflare.F("production"),
		})
	}, func(d *workers.Domain) bool { return d.Hostname == "api.go.example" })
	step("Workers.Routes.New", func() (*workers.RouteNewResponse, error) {
		return client.Workers.Routes.New(ctx, workers.RouteNewParams{
			ZoneID: cloudflare.F(zone), Pattern: cloudflare.F("go.example/*"), Script: cloudflare.F("go-worker"),
		})
	}, func(r *workers.RouteNewResponse) bool { return r.Script == "go-worker" })

	step("Pages.Projects.New", func() (*pages.ProjectNewResponse, error) {
		return client.Pages.Projects.New(ctx, pages.ProjectNewParams{
			AccountID: a, Name: cloudflare.F("go-site"), ProductionBranch: cloudflare.F("main"),
		})
	}, func(p *pages.ProjectNewResponse) bool { return p.Subdomain == "go-site.pages.dev" })
	step("Pages.Projects.Delete", func() (*pages.ProjectDeleteResponse, error) {
		return client.Pages.Projects.Delete(ctx, "go-site", pages.ProjectDeleteParams{AccountID: a})
	}, func(*pages.ProjectDeleteResponse) bool { return true })
	step("Workers.Scripts.Delete", func() (*workers.ScriptDeleteResponse, error) {
		return client.Workers.Scripts.Delete(ctx, "go-worker", workers.ScriptDeleteParams{AccountID: a})
	}, func(*workers.ScriptDeleteResponse) bool { return true })
	refused("Workers.Scripts.Deployments.List after that is 10007", 404, 10007, deployments)
	step("R2.Buckets.Delete", func() (*r2.BucketDeleteResponse, error) {
		return client.R2.Buckets.Delete(ctx, "go-bucket", r2.BucketDeleteParams{AccountID: a})
	}, func(*r2.BucketDeleteResponse) bool { return true })
	step("D1.Database.Delete", func() (*d1.DatabaseDeleteResponse, error) {
		return client.D1.Database.Delete(ctx, database, d1.DatabaseDeleteParams{AccountID: a})
	}, func(*d1.DatabaseDeleteResponse) bool { return true })
}
