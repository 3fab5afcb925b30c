// Package people are the pages of the shop's own people: payments that wait for a
// decision, those decided, tills, sales of the day, exception cases, and their own
// account. A page decides nothing: each form is one call of a room of the backend.
package people

import (
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/manual"
	"kassa/backend/pages"
	rooms "kassa/backend/people"
	"kassa/pos"
	"kassa/pos/hidden"
	pay "kassa/pos/manual"
)

// Root is where the pages lie.
const Root = "/people/"

// PasswordPath is where a link to set a password leads, before what is secret in it.
const PasswordPath = Root + "password/"

// sessionCookie keeps what a browser is known by.
const sessionCookie = "__Host-kassa-session"

// madeBy is the name under which decisions made on the pages are known, beside the
// tills.
const madeBy = "people"

//go:embed templates
var templates embed.FS

func page(names ...string) *template.Template {
	for i := range names {
		names[i] = "templates/" + names[i] + ".html"
	}
	return pages.Template(templates, names...)
}

// Pages are the pages.
type Pages struct {
	*pages.Site
	b *backend.Backend
}

// New makes the pages over a backend.
func New(s *pages.Site, b *backend.Backend) *Pages { return &Pages{s, b} }

// Mount puts the pages into a mux.
func (p *Pages) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, Root, http.StatusSeeOther) })
	mux.HandleFunc("GET /people/sign-in", p.showSignIn)
	mux.HandleFunc("POST /people/sign-in", p.signIn)
	mux.HandleFunc("GET /people/code", p.showCode)
	mux.HandleFunc("POST /people/code", p.code)
	mux.HandleFunc("GET "+PasswordPath+"{link}", p.showPassword)
	mux.HandleFunc("POST "+PasswordPath+"{link}", p.setPassword)

	mux.HandleFunc("GET /people/{$}", p.signed(p.waiting))
	mux.HandleFunc("GET /people/orders", p.signed(p.orders))
	mux.HandleFunc("GET /people/orders/{id}", p.signed(p.order))
	mux.HandleFunc("POST /people/orders/{id}", p.signed(p.change))
	mux.HandleFunc("GET /people/orders/{id}/proofs/{proof}", p.signed(p.proof))
	mux.HandleFunc("GET /people/tills", p.signed(p.tills))
	mux.HandleFunc("GET /people/sales", p.signed(p.sales))
	mux.HandleFunc("GET /people/cases", p.signed(p.cases))
	mux.HandleFunc("POST /people/cases", p.signed(p.settle))
	mux.HandleFunc("GET /people/account", p.signed(p.account))
	mux.HandleFunc("POST /people/account", p.signed(p.changeAccount))
}

// visit is one request of somebody who is signed in.
type visit struct {
	w  http.ResponseWriter
	r  *http.Request
	in *backend.Signed
}

func (v *visit) from() manual.From {
	return manual.From{Till: madeBy, By: rooms.AsPayer(&v.in.Person), Rights: rooms.RightsOf(&v.in.Person)}
}

// signed lets only those in who are signed in wholly; others are asked to, and come
// back to where they wanted to.
func (p *Pages) signed(fn func(*visit)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		in, err := p.b.Signed(r.Context(), hidden.New(pages.Cookie(r, sessionCookie)))
		switch {
		case isSignedOut(err):
			to := Root + "sign-in"
			if r.URL.Path != Root { // whatever is sent to can be looked at too
				to += "?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
			}
			http.Redirect(w, r, to, http.StatusSeeOther)
		case err != nil:
			p.refuseAny(w, r, err)
		case in.Session.Half:
			http.Redirect(w, r, Root+"code", http.StatusSeeOther)
		default:
			fn(&visit{w, r, in})
		}
	}
}

func isSignedOut(err error) bool {
	e, ok := errors.AsType[*pos.Error](err)
	return ok && e.ID == rooms.IDSignedOut
}

// inside is a place to come back to: one of these pages, and nothing that only
// looks like one.
func inside(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(u.Path, Root) || strings.ContainsAny(next, "\\\r\n") {
		return Root
	}
	return u.RequestURI()
}

// places are the pages of the top line, with what waits there.
var places = []struct{ to, title string }{
	{Root, "peoplepage.waiting"}, {Root + "orders", "peoplepage.orders"}, {Root + "sales", "peoplepage.sales"},
	{Root + "tills", "peoplepage.tills"}, {Root + "cases", "peoplepage.cases"}, {Root + "account", "peoplepage.account"},
}

// newPage begins a page of somebody signed in.
func (p *Pages) newPage(v *visit, here, title string) *pages.Page {
	g := p.NewPage(v.w, v.r, title)
	g.Who = v.in.Person.Email
	counts := map[string]int64{}
	if list, err := p.b.ListOrders(v.r.Context(), backend.Orders{State: pay.Open, Limit: 1}); err == nil {
		counts[Root] = list.Counts[pay.Open]
	}
	if list, err := p.b.ListCases(v.r.Context()); err == nil {
		counts[Root+"cases"] = int64(len(list))
	}
	for _, l := range places {
		g.Nav = append(g.Nav, pages.Link{To: l.to, Label: g.Words().T(l.title, nil), Here: l.to == here, Count: counts[l.to]})
	}
	sayDone(v.w, v.r, g)
	return g
}

// show answers with a page, or with why something was not done on it.
func (p *Pages) show(v *visit, t *template.Template, g *pages.Page, fault error) {
	status := http.StatusOK
	if fault != nil {
		g.Done, g.Fault = "", p.Sentence(g, v.r, fault)
		status = pages.StatusOf(fault)
	}
	p.Show(v.w, v.r, status, t, g)
}

// doneCookie keeps for the next page what was done on this one. A link could not: it
// may come from anybody.
const doneCookie = "__Host-kassa-done"

// refuse answers with why there is nothing to show.
func (p *Pages) refuse(v *visit, err error) {
	g := p.newPage(v, "", "pages.error")
	g.Home = Root
	p.RefuseOn(v.w, v.r, g, err)
}

// refuseAny is refuse for whoever is not signed in.
func (p *Pages) refuseAny(w http.ResponseWriter, r *http.Request, err error) {
	g := p.NewPage(w, r, "pages.error")
	g.Home = Root
	p.RefuseOn(w, r, g, err)
}

// done leads to a page that says what was done: a reload of it does nothing twice.
func done(w http.ResponseWriter, r *http.Request, to, what string) {
	pages.SetCookie(w, doneCookie, what, 60)
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// sayDone says once what was done on the page before.
func sayDone(w http.ResponseWriter, r *http.Request, g *pages.Page) {
	what := pages.Cookie(r, doneCookie)
	if what == "" {
		return
	}
	pages.SetCookie(w, doneCookie, "", -1)
	if id := "peoplepage.done." + what; g.Words().Has(id) {
		g.Done = g.Words().T(id, nil)
	}
}

// day reads a day as browsers send it, in the shop's zone.
func (p *Pages) day(text string) (time.Time, error) {
	t, err := time.ParseInLocation(time.DateOnly, text, p.Zone)
	if err != nil {
		return t, pos.Wrap(pos.CodeInvalid, "peoplepage.day", err)
	}
	return t, nil
}
