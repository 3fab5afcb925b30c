// Package offer is the own page of an offer, which the shop gives its customers as a
// link or a code to scan: what is offered, «Купить», what the customer says of the
// payment, «Оплатить», and a page by which only this customer sees how it stands. They
// are nobody here: nobody signs in, and nothing is shown that staff say of them.
package offer

import (
	"embed"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"time"

	"kassa/backend"
	"kassa/backend/pages"
	"kassa/pos"
)

// Root is where the pages lie; what follows is the offer's id.
const Root = "/o/"

// Path leads to the page of an offer.
func Path(id string) string { return Root + url.PathEscape(id) }

//go:embed templates
var templates embed.FS

func page(name string) *template.Template {
	return pages.Template(templates, "templates/"+name+".html")
}

var (
	offerPage = page("offer")
	payPage   = page("pay")
	paidPage  = page("paid")
	gonePage  = page("gone")
)

// Pages are the pages.
type Pages struct {
	*pages.Site
	b *backend.Backend
}

// New makes the pages over a backend.
func New(s *pages.Site, b *backend.Backend) *Pages { return &Pages{s, b} }

// Mount puts the pages into a mux.
func (p *Pages) Mount(mux *http.ServeMux) {
	mux.HandleFunc("GET "+Root+"{offer}", p.offer)
	mux.HandleFunc("GET "+Root+"{offer}/pay", p.form)
	mux.HandleFunc("POST "+Root+"{offer}/pay", p.pay)
	mux.HandleFunc("GET "+Root+"{offer}/paid/{key}", p.paid)
	mux.HandleFunc("GET "+Root+"{offer}/picture/{way}", p.picture)
}

// offer shows what is offered.
func (p *Pages) offer(w http.ResponseWriter, r *http.Request) {
	o, err := p.b.Payable(r.Context(), r.PathValue("offer"))
	if err != nil {
		p.gone(w, r, "", err)
		return
	}
	g := p.NewPage(w, r, "offerpage.offer")
	g.Title, g.Data = o.Text, shown{Payable: o, Path: Path(o.ID)}
	p.Show(w, r, http.StatusOK, offerPage, g)
}

// gone says that something cannot be paid any more; what the customer had written
// about it stays readable.
func (p *Pages) gone(w http.ResponseWriter, r *http.Request, comment string, err error) {
	status := http.StatusGone
	switch {
	case idOf(err) == "manual.offer-unknown":
		status = http.StatusNotFound
	case idOf(err) != "manual.offer-archived" && idOf(err) != "manual.merchant-missing":
		p.Refuse(w, r, err)
		return
	}
	g := p.NewPage(w, r, "offerpage.gone")
	g.Data = withoutCards(comment)
	p.Show(w, r, status, gonePage, g)
}

// picture shows the image of a merchant.
func (p *Pages) picture(w http.ResponseWriter, r *http.Request) {
	image, err := p.b.PictureOf(r.Context(), r.PathValue("offer"), r.PathValue("way"))
	if err != nil {
		p.gone(w, r, "", err)
		return
	}
	h := w.Header()
	h.Set("Content-Type", http.DetectContentType(image)) // PNG or JPEG: nothing else is kept
	h.Set("Cache-Control", "private, max-age=600")
	_, _ = w.Write(image) // whoever asked may be gone
}

// paid shows how a payment stands to whoever has its address.
func (p *Pages) paid(w http.ResponseWriter, r *http.Request) {
	p.showPaid(w, r, r.PathValue("key"), nil)
}

// showPaid shows how a payment stands, with why something was not done.
func (p *Pages) showPaid(w http.ResponseWriter, r *http.Request, key string, fault error) {
	s, err := p.b.Standing(r.Context(), r.PathValue("offer"), key)
	if idOf(err) == "manual.order-unknown" {
		err = pos.E(pos.CodeNotFound, "offerpage.missing", nil)
	}
	if err != nil {
		p.Refuse(w, r, err)
		return
	}
	word := string(s.State)
	switch {
	case s.Expired:
		word = "expired"
	case s.State.Paid():
		word = "approved" // how it came to be is nothing to the customer
	}
	g := p.NewPage(w, r, "offerpage.state."+word)
	g.Data = standing{Standing: s, About: g.Words().T("offerpage.about."+word, nil), Path: Path(s.Offer), Here: Path(s.Offer) + "/paid/" + key}
	status := http.StatusOK
	if fault != nil {
		g.Fault, status = p.Sentence(g, r, fault), pages.StatusOf(fault)
	}
	p.Show(w, r, status, paidPage, g)
}

// standing is how a payment stands, as a page shows it.
type standing struct {
	*backend.Standing
	About, Path, Here string
}

func idOf(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}

// today is the day it is in the shop.
func (p *Pages) today() string { return p.b.Now().In(p.Zone).Format(time.DateOnly) }
