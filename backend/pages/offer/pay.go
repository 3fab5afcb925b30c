package offer

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/pages"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/pos/money"
	"kassa/pos/pan"
)

// shown is an offer as its pages show it, and what is filled in.
type shown struct {
	*backend.Payable
	Path string
	Key  string // names the payment, so that one sent twice is one
	Way  string // that was chosen
	Date string
	Last string // the last day that can be chosen
	Text string // of the comment
	Most int

	Before string // leads to the payment this browser sent that still waits
}

// Only is the one way there is, nil where there are several.
func (s shown) Only() *backend.Way {
	if len(s.Ways) == 1 {
		return &s.Ways[0]
	}
	return nil
}

// form shows what a customer says of a payment: the day is today.
func (p *Pages) form(w http.ResponseWriter, r *http.Request) { p.showForm(w, r, nil, nil) }

// showForm shows the form with what was filled in, and why it was not taken.
func (p *Pages) showForm(w http.ResponseWriter, r *http.Request, typed url.Values, fault error) {
	o, err := p.b.Payable(r.Context(), r.PathValue("offer"))
	if err != nil {
		p.gone(w, r, typed.Get("comment"), err)
		return
	}
	g := p.NewPage(w, r, "offerpage.pay")
	s := shown{Payable: o, Path: Path(o.ID), Key: pages.NewSecret(), Date: p.today(), Last: p.today(), Most: pay.MaxText}
	status := http.StatusOK
	if typed != nil {
		s.Way, s.Text = typed.Get("way"), withoutCards(typed.Get("comment"))
		if typed.Has("date") {
			s.Date = typed.Get("date")
		}
		if typed.Get("key") != "" {
			s.Key = typed.Get("key")
		}
	}
	if fault == nil {
		s.Before = p.before(r, o.ID)
	}
	if fault != nil {
		g.Fault, status = p.sentence(g, r, o, typed, fault), pages.StatusOf(fault)
	}
	g.Data = s
	p.Show(w, r, status, payPage, g)
}

// paidCookie keeps, while the browser runs, which payment was sent last: whoever goes
// back to the form is told that it was.
const paidCookie = "__Host-kassa-paid"

// before leads to the payment of an offer this browser sent, "" for none that waits.
func (p *Pages) before(r *http.Request, offer string) string {
	key, of, _ := strings.Cut(pages.Cookie(r, paidCookie), ".")
	if of != url.PathEscape(offer) {
		return ""
	}
	if s, err := p.b.Standing(r.Context(), offer, key); err != nil || s.State != pay.Open {
		return ""
	}
	return Path(offer) + "/paid/" + key
}

// withoutCards is what somebody typed without the numbers of cards in it: they are not
// sent back either.
func withoutCards(text string) string {
	masked, _ := pan.Mask(text)
	return masked
}

// pay takes what a customer says, and leads to the page that tells how it stands.
func (p *Pages) pay(w http.ResponseWriter, r *http.Request) {
	f, err := p.Form(w, r, pages.MostForm)
	if err != nil {
		p.showForm(w, r, r.PostForm, err)
		return
	}
	key, offer := f.Get("key"), r.PathValue("offer")
	in, err := p.read(f)
	if err == nil {
		in.Offer = offer
		err = p.b.BeginByCustomer(r.Context(), key, p.From(r), in)
	}
	switch {
	case err == nil:
		pages.SetCookie(w, paidCookie, key+"."+url.PathEscape(offer), 0)
		http.Redirect(w, r, Path(offer)+"/paid/"+key, http.StatusSeeOther)
	case idOf(err) == "manual.request-taken":
		p.showPaid(w, r, key, pos.E(pos.CodeConflict, "offerpage.again", nil))
	default:
		if pos.CodeOf(err) == pos.CodeWait {
			p.Log.Warn("a payment by a customer was refused", "from", p.From(r), "code", string(pos.CodeWait))
		}
		p.showForm(w, r, f, err)
	}
}

// read reads the form: what was typed, and what the page had shown.
func (p *Pages) read(f url.Values) (in backend.Wish, err error) {
	price, err := strconv.ParseInt(f.Get("price"), 10, 64)
	in = backend.Wish{Merchant: f.Get("way"), Day: f.Get("date"), Comment: oneLine(f.Get("comment")),
		Saw: pay.Sight{Text: f.Get("text"), Price: money.Amount(price), Currency: money.Currency(f.Get("currency"))}}
	if err != nil || !pay.KnownCurrency(in.Saw.Currency) {
		return in, pos.Wrap(pos.CodeInvalid, "pages.form-hurt", err)
	}
	if in.Day == "" {
		return in, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, in.Day, p.Zone)
	if err != nil {
		return in, pos.Wrap(pos.CodeInvalid, "offerpage.fault.day", err)
	}
	if day.After(p.b.Now()) {
		return in, pos.E(pos.CodeInvalid, "manual.future", nil)
	}
	in.Date = day.Add(12 * time.Hour) // somewhen on that day
	return in, nil
}

// oneLine is what was typed into several lines.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// sentence is what a customer is told of a refusal: staff are told it otherwise.
func (p *Pages) sentence(g *pages.Page, r *http.Request, o *backend.Payable, typed url.Values, err error) string {
	say := g.Words().T
	switch idOf(err) {
	case "manual.offer-price":
		was, _ := strconv.ParseInt(typed.Get("price"), 10, 64) // it was read before
		return say("offerpage.fault.price", pos.Args{"Was": g.Sum(money.Amount(was), money.Currency(typed.Get("currency"))), "Now": g.Sum(o.Price, o.Currency)})
	case "manual.offer-reworded":
		return say("offerpage.fault.meanwhile", nil)
	case "manual.future":
		return say("offerpage.fault.future", nil)
	case "manual.text-long":
		return say("offerpage.fault.long", pos.Args{"Most": pay.MaxText})
	case "manual.merchant-which":
		return say("offerpage.fault.way", nil)
	case "manual.merchant-archived", "manual.merchant-other", "manual.merchant-unknown", "manual.currency-unsupported":
		return say("offerpage.fault.way-gone", nil)
	}
	return p.Sentence(g, r, err)
}
