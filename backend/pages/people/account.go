package people

import (
	"kassa/backend"
	"kassa/backend/pages"
	rooms "kassa/backend/people"
	"kassa/pos"
	"kassa/pos/hidden"
)

// accountPage shows a person their sign-ins, password and authenticator.
var accountPage = page("account")

// account is what a person sees of themselves.
type account struct {
	Person   backend.Person
	Level    string
	Sessions []backend.Session
	Here     string // the session that looks
	Least    int    // of a password
	Secret   string // offered for an authenticator, in groups of four
	QR       pages.QR
	Bounds   []string // up to what sums they decide and give back
	MayOffer bool     // an authenticator can be set up
}

func (p *Pages) account(v *visit) { p.showAccount(v, nil) }

func (p *Pages) showAccount(v *visit, fault error) {
	g := p.newPage(v, Root+"account", "peoplepage.account")
	who := v.in.Person
	all, err := p.b.ListSessions(v.r.Context(), who.ID)
	if err != nil {
		p.refuse(v, err)
		return
	}
	a := account{Person: who, Level: g.Words().T("peoplepage.level."+string(who.Level), nil), Sessions: all, Here: v.in.Session.ID, Least: rooms.PasswordLeast,
		MayOffer: p.b.MayOffer(), Bounds: bounds(g, &who)}
	if who.Secret == "" && who.Offered != "" {
		a.Secret, a.QR, err = p.offered(&who)
		switch {
		case pos.CodeOf(err) == pos.CodeUnavailable && fault == nil:
			fault = err // everything else of the page is of use
		case err != nil && fault == nil:
			p.refuse(v, err)
			return
		}
	}
	g.Data = a
	p.show(v, accountPage, g, fault)
}

// bounds tells a person up to what sums they decide and give back.
func bounds(g *pages.Page, who *backend.Person) (lines []string) {
	rights := rooms.RightsOf(who)
	if rights.DecideCap != nil {
		lines = append(lines, g.Words().T("peoplepage.decides-up-to", pos.Args{"Sum": g.Sum(*rights.DecideCap, rights.Currency)}))
	}
	if rights.RefundCap != nil {
		lines = append(lines, g.Words().T("peoplepage.refunds-up-to", pos.Args{"Sum": g.Sum(*rights.RefundCap, rights.Currency)}))
	}
	return lines
}

// offered is a secret to be typed or read into an authenticator.
func (p *Pages) offered(who *backend.Person) (string, pages.QR, error) {
	o, err := p.b.OfferedTo(who)
	if err != nil {
		return "", pages.QR{}, err
	}
	code, err := pages.NewQR(o.URL.Reveal())
	grouped := ""
	for i, r := range o.Secret.Reveal() {
		if i > 0 && i%4 == 0 {
			grouped += " "
		}
		grouped += string(r)
	}
	return grouped, code, err
}

// changeAccount does what a form of the page asks for.
func (p *Pages) changeAccount(v *visit) {
	f, err := p.Form(v.w, v.r, pages.MostForm)
	if err != nil {
		p.refuse(v, err)
		return
	}
	ctx, me, password := v.r.Context(), v.in.Person.ID, hidden.New(f.Get("password"))
	do, out := f.Get("do"), false
	switch do {
	case "sign-out":
		err, out = p.b.SignOut(ctx, hidden.New(pages.Cookie(v.r, sessionCookie))), true
	case "sign-out-all":
		err, out = p.b.EndAllSessions(ctx, me), true
	case "session":
		err, out = p.b.EndSession(ctx, me, f.Get("session")), f.Get("session") == v.in.Session.ID
	case "password":
		if f.Get("new") != f.Get("again") {
			err = pos.E(pos.CodeInvalid, "person.password-differs", nil)
		} else {
			err, out = p.b.ChangePassword(ctx, me, password, hidden.New(f.Get("new"))), true
		}
	case "offer":
		_, err = p.b.OfferSecret(ctx, me)
	case "take":
		err = p.b.TakeSecret(ctx, me, password, f.Get("code"))
	case "drop":
		err = p.b.DropSecret(ctx, me, password)
	default:
		err = pos.E(pos.CodeInvalid, "pages.form-hurt", nil)
	}
	switch {
	case err != nil:
		p.showAccount(v, err)
	case out:
		pages.SetCookie(v.w, sessionCookie, "", -1)
		pages.NewForms(v.w)
		done(v.w, v.r, Root+"sign-in", do)
	default:
		done(v.w, v.r, Root+"account", do)
	}
}
