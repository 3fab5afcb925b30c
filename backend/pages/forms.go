package pages

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"

	"golang.org/x/text/language"

	"kassa/assets/words"
	"kassa/pos"
)

// Names of the cookies every page may set. The prefix has browsers take them over
// TLS alone (or from this computer), for this host alone.
const (
	formCookie = "__Host-kassa-form"
	langCookie = "__Host-kassa-lang"
)

// SetCookie sets a cookie no script and no other site can reach. age is in seconds;
// 0 keeps it until the browser ends, below 0 takes it away.
func SetCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: age, Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

// Cookie is the value of a cookie, "" for none.
func Cookie(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// NewSecret draws 32 bytes nobody can guess, as text.
func NewSecret() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// formToken is the token of the browser's forms, of which the cookie keeps the
// seed: another site can neither read it nor set the cookie.
func (s *Site) formToken(w http.ResponseWriter, r *http.Request) string {
	seed := Cookie(r, formCookie)
	if len(seed) < 32 {
		seed = NewSecret()
		r.AddCookie(&http.Cookie{Name: formCookie, Value: seed}) // for the rest of this request
		SetCookie(w, formCookie, seed, 0)
	}
	return tokenOf(seed)
}

func tokenOf(seed string) string {
	sum := sha256.Sum256([]byte("form " + seed))
	return hex.EncodeToString(sum[:])
}

// NewForms gives the browser another token: what was on a page before somebody
// signed in cannot be sent after.
func NewForms(w http.ResponseWriter) { SetCookie(w, formCookie, NewSecret(), 0) }

// Form reads a form of at most so many bytes, and refuses one that none of our
// pages sent to this browser. CodeLimit "pages.large", CodeForbidden
// "pages.form-old".
func (s *Site) Form(w http.ResponseWriter, r *http.Request, most int64) (url.Values, error) {
	r.Body = http.MaxBytesReader(w, r.Body, most)
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(most)
	}
	if errors.Is(err, http.ErrNotMultipart) {
		err = nil
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return nil, pos.E(pos.CodeLimit, "pages.large", nil)
	}
	if err != nil {
		return nil, pos.Wrap(pos.CodeInvalid, "pages.form-hurt", err)
	}
	seed := Cookie(r, formCookie)
	if seed == "" || subtle.ConstantTimeCompare([]byte(r.PostFormValue(FormField)), []byte(tokenOf(seed))) != 1 {
		return nil, pos.E(pos.CodeForbidden, "pages.form-old", nil)
	}
	return r.PostForm, nil
}

// MostForm is enough for a form without a file.
const MostForm = 64 << 10

// tags are the languages a browser may ask for, in the order of words.Languages.
var tags = language.NewMatcher(func() (all []language.Tag) {
	for _, lang := range words.Languages() {
		all = append(all, language.MustParse(lang))
	}
	return all
}())

// WordsOf are the words of a request: of the language that was chosen on a page,
// now or before, else of the first the browser asks for that there is, else of the shop.
func (s *Site) WordsOf(w http.ResponseWriter, r *http.Request) *words.Words {
	if said, ok := s.frames[r.URL.Query().Get("lang")]; ok {
		SetCookie(w, langCookie, said.Lang(), 365*24*60*60)
		return said
	}
	if said, ok := s.frames[Cookie(r, langCookie)]; ok {
		return said
	}
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return s.frames[s.Lang]
	}
	_, i, sure := tags.Match(wanted...)
	if sure == language.No {
		return s.frames[s.Lang]
	}
	return s.frames[words.Languages()[i]]
}

// languageLink leads to the same page in another language; from what a form was
// answered with it leads to the page of the form.
func languageLink(r *http.Request, lang string) string {
	q := r.URL.Query()
	q.Set("lang", lang)
	return r.URL.EscapedPath() + "?" + q.Encode()
}
