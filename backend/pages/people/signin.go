package people

import (
	"net/http"
	"strings"

	"kassa/backend"
	"kassa/backend/pages"
	rooms "kassa/backend/people"
	"kassa/pos"
	"kassa/pos/hidden"
)

// The pages nobody has to be signed in for.
var (
	signInPage   = page("sign-in")
	codePage     = page("code")
	passwordPage = page("set-password")
)

// signingIn is what the page of signing in shows again: never a password.
type signingIn struct{ Email, Next string }

func (p *Pages) showSignIn(w http.ResponseWriter, r *http.Request) {
	g := p.NewPage(w, r, "peoplepage.sign-in")
	sayDone(w, r, g)
	g.Data = signingIn{Next: inside(r.URL.Query().Get("next"))}
	p.Show(w, r, http.StatusOK, signInPage, g)
}

func (p *Pages) signIn(w http.ResponseWriter, r *http.Request) {
	f, err := p.Form(w, r, pages.MostForm)
	if err != nil {
		p.refuseAny(w, r, err)
		return
	}
	in := signingIn{Email: f.Get("email"), Next: inside(f.Get("next"))}
	token, half, err := p.b.SignIn(r.Context(), backend.SignIn{Email: in.Email, Password: hidden.New(f.Get("password")),
		From: p.From(r), Agent: agent(r.UserAgent()), Before: hidden.New(pages.Cookie(r, sessionCookie))})
	if err != nil {
		p.Log.Warn("sign-in refused", "from", p.From(r), "code", string(pos.CodeOf(err)))
		g := p.NewPage(w, r, "peoplepage.sign-in")
		g.Data, g.Fault = in, p.Sentence(g, r, err)
		p.Show(w, r, pages.StatusOf(err), signInPage, g)
		return
	}
	pages.NewForms(w)
	keep(w, token, half)
	to := in.Next
	if half {
		to = Root + "code"
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// keep has the browser keep what it is known by; half a session ends with it.
func keep(w http.ResponseWriter, token hidden.Text, half bool) {
	age := int(rooms.SessionLives.Seconds())
	if half {
		age = 0
	}
	pages.SetCookie(w, sessionCookie, token.Reveal(), age)
}

func (p *Pages) showCode(w http.ResponseWriter, r *http.Request) {
	p.Show(w, r, http.StatusOK, codePage, p.NewPage(w, r, "peoplepage.code"))
}

func (p *Pages) code(w http.ResponseWriter, r *http.Request) {
	f, err := p.Form(w, r, pages.MostForm)
	if err != nil {
		p.refuseAny(w, r, err)
		return
	}
	token, err := p.b.SecondStep(r.Context(), hidden.New(pages.Cookie(r, sessionCookie)), f.Get("code"))
	switch {
	case isSignedOut(err):
		done(w, r, Root+"sign-in", "late")
	case err != nil:
		g := p.NewPage(w, r, "peoplepage.code")
		g.Fault = p.Sentence(g, r, err)
		p.Show(w, r, pages.StatusOf(err), codePage, g)
	default:
		pages.NewForms(w)
		keep(w, token, false)
		http.Redirect(w, r, Root, http.StatusSeeOther)
	}
}

// settingPassword is what the page of a link shows.
type settingPassword struct {
	Email string
	Least int
}

func (p *Pages) showPassword(w http.ResponseWriter, r *http.Request) { p.askPassword(w, r, nil) }

// askPassword shows the page of a link, with why a password was not set.
func (p *Pages) askPassword(w http.ResponseWriter, r *http.Request, fault error) {
	who, err := p.b.LinkOf(r.Context(), linkIn(r))
	if err != nil {
		p.refuseAny(w, r, err)
		return
	}
	g := p.NewPage(w, r, "peoplepage.set-password")
	g.Langs = nil // a link to this page in another language would hold the secret
	g.Data = settingPassword{who.Email, rooms.PasswordLeast}
	status := http.StatusOK
	if fault != nil {
		status, g.Fault = pages.StatusOf(fault), p.Sentence(g, r, fault)
	}
	p.Show(w, r, status, passwordPage, g)
}

func linkIn(r *http.Request) hidden.Text { return hidden.New(r.PathValue("link")) }

func (p *Pages) setPassword(w http.ResponseWriter, r *http.Request) {
	f, err := p.Form(w, r, pages.MostForm)
	if err != nil {
		p.refuseAny(w, r, err)
		return
	}
	if f.Get("password") != f.Get("again") {
		err = pos.E(pos.CodeInvalid, "person.password-differs", nil)
	} else {
		err = p.b.SetPassword(r.Context(), linkIn(r), hidden.New(f.Get("password")))
	}
	if err != nil {
		p.askPassword(w, r, err)
		return
	}
	pages.SetCookie(w, sessionCookie, "", -1)
	done(w, r, Root+"sign-in", "password")
}

// Names by which browsers and devices tell themselves, the more particular first.
var (
	browsers = [][2]string{{"YaBrowser/", "Yandex"}, {"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}
	devices = [][2]string{{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"}}
)

// agent names a browser in few words of ours: what it sends could be anything.
func agent(told string) string {
	var said []string
	for _, names := range [][][2]string{browsers, devices} {
		for _, n := range names {
			if strings.Contains(told, n[0]) {
				said = append(said, n[1])
				break
			}
		}
	}
	return strings.Join(said, ", ")
}
