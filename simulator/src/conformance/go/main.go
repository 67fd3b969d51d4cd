// Cloudflare's Go SDK, unchanged, against the simulator: every object is created, read, updated and deleted.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"github.com/cloudflare/cloudflare-go/v6"
	"github.com/cloudflare/cloudflare-go/v6/accounts"
	"github.com/cloudflare/cloudflare-go/v6/dns"
	"github.com/cloudflare/cloudflare-go/v6/email_routing"
	"github.com/cloudflare/cloudflare-go/v6/option"
	"github.com/cloudflare/cloudflare-go/v6/zones"
)

var (
	ctx     = context.Background()
	account = os.Getenv("CLOUDFLARE_ACCOUNT_ID")
	control = strings.Replace(os.Getenv("CLOUDFLARE_BASE_URL"), "/client/v4", "/_simulator", 1)
	client  = cloudflare.NewClient(option.WithMaxRetries(0))
	failed  = 0
)

// step makes one call and prints one line: it must go through and its answer must hold.
func step[T any](name string, call func() (T, error), holds func(T) bool) T {
	answer, err := call()
	switch {
	case err != nil:
		failed++
		fmt.Printf("FAILED go %s (%.300s)\n", name, strings.ReplaceAll(err.Error(), "\n", " "))
	case !holds(answer):
		failed++
		fmt.Printf("FAILED go %s (unexpected answer: %.300v)\n", name, answer)
	default:
		fmt.Printf("ok     go %s\n", name)
	}
	return answer
}

// refused must be the end of the call, with that status and code.
func refused[T any](name string, status int, code int64, call func() (T, error)) {
	_, err := call()
	var refusal *cloudflare.Error
	if errors.As(err, &refusal) && refusal.StatusCode == status && len(refusal.Errors) > 0 && refusal.Errors[0].Code == code {
		fmt.Printf("ok     go %s\n", name)
		return
	}
	failed++
	fmt.Printf("FAILED go %s (%.300v)\n", name, err)
}

func post(path string) {
	answer, err := http.Post(control+path, "application/json", nil)
	if err == nil {
		answer.Body.Close()
	}
}

func main() {
	step("accounts.List", func() ([]accounts.Account, error) {
		page, err := client.Accounts.List(ctx, accounts.AccountListParams{})
		if err != nil {
			return nil, err
		}
		return page.Result, nil
	}, func(a []accounts.Account) bool { return len(a) > 0 && a[0].ID == account })

	create := func() (*zones.Zone, error) {
		return client.Zones.New(ctx, zones.ZoneNewParams{
			Account: cloudflare.F(zones.ZoneNewParamsAccount{ID: cloudflare.F(account)}),
			Name:    cloudflare.F("go.example"),
		})
	}
	zone := step("Zones.New", create, func(a *zones.Zone) bool { return a.Status == zones.ZoneStatusPending }).ID
	z := cloudflare.F(zone)
	refused("Zones.New twice is 1061", 400, 1061, create)
	list := func() ([]zones.Zone, error) {
		page, err := client.Zones.List(ctx, zones.ZoneListParams{Name: cloudflare.F("go.example")})
		if err != nil {
			return nil, err
		}
		return page.Result, nil
	}
	step("Zones.List", list, func(a []zones.Zone) bool { return len(a) == 1 })
	step("Zones.Edit", func() (*zones.Zone, error) {
		return client.Zones.Edit(ctx, zones.ZoneEditParams{ZoneID: z, Paused: cloudflare.F(true)})
	}, func(a *zones.Zone) bool { return a.Paused })
	post("/zones/go.example/activate")
	step("Zones.Get after activation", func() (*zones.Zone, error) {
		return client.Zones.Get(ctx, zones.ZoneGetParams{ZoneID: z})
	}, func(a *zones.Zone) bool { return a.Status == zones.ZoneStatusActive })

	records(zone)
	settings(zone)
	rules(zone)

	step("EmailRouting.Disable", func() (*email_routing.Settings, error) {
		return client.EmailRouting.Disable(ctx, email_routing.EmailRoutingDisableParams{ZoneID: z, Body: struct{}{}})
	}, func(a *email_routing.Settings) bool { return !bool(a.Enabled) })
	step("Zones.Delete", func() (*zones.ZoneDeleteResponse, error) {
		return client.Zones.Delete(ctx, zones.ZoneDeleteParams{ZoneID: z})
	}, func(a *zones.ZoneDeleteResponse) bool { return a.ID == zone })
	step("Zones.List after that", list, func(a []zones.Zone) bool { return len(a) == 0 })
	if failed > 0 {
		os.Exit(1)
	}
}

func records(zone string) {
	z := cloudflare.F(zone)
	www := func(content string) dns.ARecordParam {
		return dns.ARecordParam{
			Name: cloudflare.F("www.go.example"), Type: cloudflare.F(dns.ARecordTypeA),
			TTL: cloudflare.F(dns.TTL(300)), Content: cloudflare.F(content),
		}
	}
	id := step("DNS.Records.New", func() (*dns.RecordResponse, error) {
		return client.DNS.Records.New(ctx, dns.RecordNewParams{ZoneID: z, Body: www("192.0.2.1")})
	}, func(a *dns.RecordResponse) bool { return a.Content == "192.0.2.1" }).ID
	step("DNS.Records.Update", func() (*dns.RecordResponse, error) {
		return client.DNS.Records.Update(ctx, id, dns.RecordUpdateParams{ZoneID: z, Body: www("192.0.2.2")})
	}, func(a *dns.RecordResponse) bool { return a.Content == "192.0.2.2" })
	step("DNS.Records.Edit", func() (*dns.RecordResponse, error) {
		return client.DNS.Records.Edit(ctx, id, dns.RecordEditParams{ZoneID: z, Body: www("192.0.2.3")})
	}, func(a *dns.RecordResponse) bool { return a.Content == "192.0.2.3" })
	step("DNS.Records.Get", func() (*dns.RecordResponse, error) {
		return client.DNS.Records.Get(ctx, id, dns.RecordGetParams{ZoneID: z})
	}, func(a *dns.RecordResponse) bool { return a.ID == id })
	step("DNS.Records.Delete", func() (*dns.RecordDeleteResponse, error) {
		return client.DNS.Records.Delete(ctx, id, dns.RecordDeleteParams{ZoneID: z})
	}, func(a *dns.RecordDeleteResponse) bool { return a.ID == id })
}

func settings(zone string) {
	z := cloudflare.F(zone)
	get := func() (*email_routing.Settings, error) {
		return client.EmailRouting.Get(ctx, email_routing.EmailRoutingGetParams{ZoneID: z})
	}
	enable := func() (*email_routing.Settings, error) {
		return client.EmailRouting.Enable(ctx, email_routing.EmailRoutingEnableParams{ZoneID: z, Body: struct{}{}})
	}
	on := func(a *email_routing.Settings) bool { return bool(a.Enabled) }
	off := func(a *email_routing.Settings) bool { return !bool(a.Enabled) }
	step("EmailRouting.Get before enabling", get, off)
	step("EmailRouting.Enable", enable, on)
	step("EmailRouting.DNS.Get", func() (*email_routing.DNSGetResponse, error) {
		return client.EmailRouting.DNS.Get(ctx, email_routing.DNSGetParams{ZoneID: z})
	}, func(*email_routing.DNSGetResponse) bool { return true })
	step("EmailRouting.DNS.New for a subdomain", func() (*email_routing.Settings, error) {
		return client.EmailRouting.DNS.New(ctx, email_routing.DNSNewParams{ZoneID: z, Name: cloudflare.F("in.go.example")})
	}, on)
	step("EmailRouting.DNS.Edit unlocks it", func() (*email_routing.Settings, error) {
		return client.EmailRouting.DNS.Edit(ctx, email_routing.DNSEditParams{ZoneID: z, Name: cloudflare.F("in.go.example")})
	}, on)
	step("EmailRouting.DNS.Delete", func() (bool, error) {
		_, err := client.EmailRouting.DNS.Delete(ctx, email_routing.DNSDeleteParams{ZoneID: z})
		return true, err
	}, func(bool) bool { return true })
	step("EmailRouting.Get after that", get, off)
	step("EmailRouting.Enable again", enable, on)
}

func rules(zone string) {
	z := cloudflare.F(zone)
	a := cloudflare.F(account)
	address := step("EmailRouting.Addresses.New", func() (*email_routing.Address, error) {
		return client.EmailRouting.Addresses.New(ctx, email_routing.AddressNewParams{AccountID: a, Email: cloudflare.F("go@corp.example")})
	}, func(a *email_routing.Address) bool { return a.Verified.IsZero() })
	actions := cloudflare.F([]email_routing.ActionParam{{
		Type: cloudflare.F(email_routing.ActionTypeForward), Value: cloudflare.F([]string{"go@corp.example"}),
	}})
	matchers := cloudflare.F([]email_routing.MatcherParam{{
		Type: cloudflare.F(email_routing.MatcherTypeLiteral), Field: cloudflare.F(email_routing.MatcherFieldTo),
		Value: cloudflare.F("a@go.example"),
	}})
	create := func() (*email_routing.EmailRoutingRule, error) {
		return client.EmailRouting.Rules.New(ctx, email_routing.RuleNewParams{
			ZoneID: z, Actions: actions, Matchers: matchers, Name: cloudflare.F("first"), Priority: cloudflare.F(3.0),
		})
	}
	refused("EmailRouting.Rules.New to an unverified address is 2054", 400, 2054, create)
	post("/addresses/go@corp.example/verify")
	step("EmailRouting.Addresses.Get", func() (*email_routing.Address, error) {
		return client.EmailRouting.Addresses.Get(ctx, address.ID, email_routing.AddressGetParams{AccountID: a})
	}, func(a *email_routing.Address) bool { return !a.Verified.IsZero() })

	rule := step("EmailRouting.Rules.New", create, func(a *email_routing.EmailRoutingRule) bool { return a.Priority == 3 }).ID
	refused("EmailRouting.Rules.New for the same address is 2014", 409, 2014, create)
	step("EmailRouting.Rules.List holds the catch-all", func() (int, error) {
		page, err := client.EmailRouting.Rules.List(ctx, email_routing.RuleListParams{ZoneID: z})
		if err != nil {
			return 0, err
		}
		return len(page.Result), nil
	}, func(n int) bool { return n == 2 })
	step("EmailRouting.Rules.Update", func() (*email_routing.EmailRoutingRule, error) {
		return client.EmailRouting.Rules.Update(ctx, rule, email_routing.RuleUpdateParams{
			ZoneID: z, Actions: actions, Matchers: matchers, Name: cloudflare.F("second"),
		})
	}, func(a *email_routing.EmailRoutingRule) bool { return a.Name == "second" })
	step("EmailRouting.Rules.Get", func() (*email_routing.EmailRoutingRule, error) {
		return client.EmailRouting.Rules.Get(ctx, rule, email_routing.RuleGetParams{ZoneID: z})
	}, func(a *email_routing.EmailRoutingRule) bool { return a.Name == "second" })
	step("EmailRouting.Rules.Delete", func() (*email_routing.EmailRoutingRule, error) {
		return client.EmailRouting.Rules.Delete(ctx, rule, email_routing.RuleDeleteParams{ZoneID: z})
	}, func(a *email_routing.EmailRoutingRule) bool { return a.ID == rule })

	catchAll := func(kind email_routing.CatchAllActionType, value []string, enabled bool) func() (*email_routing.RuleCatchAllUpdateResponse, error) {
		return func() (*email_routing.RuleCatchAllUpdateResponse, error) {
			return client.EmailRouting.Rules.CatchAlls.Update(ctx, email_routing.RuleCatchAllUpdateParams{
				ZoneID:   z,
				Actions:  cloudflare.F([]email_routing.CatchAllActionParam{{Type: cloudflare.F(kind), Value: cloudflare.F(value)}}),
				Matchers: cloudflare.F([]email_routing.CatchAllMatcherParam{{Type: cloudflare.F(email_routing.CatchAllMatcherTypeAll)}}),
				Enabled:  cloudflare.F(email_routing.RuleCatchAllUpdateParamsEnabled(enabled)),
			})
		}
	}
	step("EmailRouting.Rules.CatchAlls.Update", catchAll(email_routing.CatchAllActionTypeForward, []string{"go@corp.example"}, true),
		func(a *email_routing.RuleCatchAllUpdateResponse) bool { return bool(a.Enabled) })
	step("EmailRouting.Rules.CatchAlls.Get", func() (*email_routing.RuleCatchAllGetResponse, error) {
		return client.EmailRouting.Rules.CatchAlls.Get(ctx, email_routing.RuleCatchAllGetParams{ZoneID: z})
	}, func(a *email_routing.RuleCatchAllGetResponse) bool { return bool(a.Enabled) })
	step("EmailRouting.Rules.CatchAlls.Update back", catchAll(email_routing.CatchAllActionTypeDrop, nil, false),
		func(a *email_routing.RuleCatchAllUpdateResponse) bool { return !bool(a.Enabled) })
	deploy(zone)
	step("EmailRouting.Addresses.Delete", func() (*email_routing.Address, error) {
		return client.EmailRouting.Addresses.Delete(ctx, address.ID, email_routing.AddressDeleteParams{AccountID: a})
	}, func(a *email_routing.Address) bool { return a.ID == address.ID })
}
