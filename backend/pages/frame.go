package pages

import (
	"bytes"
	"errors"
	"html/template"
	"io/fs"
	"net/http"
	"time"

	"kassa/assets/words"
	"kassa/backend/api"
	"kassa/pos"
	"kassa/pos/money"
)

// Template reads the content of a page out of files and stands it in the frame all
// of them share. One of the files defines "content", which gets a *Page; its
// words are {{$.T "some.id" "Name" .Value}}. It panics when a file is broken,
// which a test that shows the page rules out.
func Template(files fs.FS, names ...string) *template.Template {
	t := template.Must(template.ParseFS(templates, "templates/frame.html"))
	return template.Must(t.ParseFS(files, names...))
}

// Link leads to another page.
type Link struct {
	To, Label string
	Here      bool  // it is the page one is on
	Count     int64 // shown beside it unless it is 0
}

// Page is what a template sees: what it shows, and the words to show it in.
type Page struct {
	Title string
	Nav   []Link // the places of whoever is signed in; none for a customer
	Who   string // signed in as
	Done  string // what was done just now, as a sentence
	Fault string // why something was not done
	Home  string // where to begin anew from a refusal; none for a customer
	Data  any

	Style string
	Form  string // the token every form carries in a field of the name FormField
	Lang  string
	Langs []Link

	words *words.Words
}

// T says words; args are names and values in turn.
func (p *Page) T(id string, args ...any) (string, error) {
	named := pos.Args{}
	if len(args)%2 != 0 {
		return "", errors.New("pages: a name without a value for " + id)
	}
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok {
			return "", errors.New("pages: a value without a name for " + id)
		}
		named[name] = args[i+1]
	}
	return p.words.T(id, named), nil
}

// When writes a time in the shop's zone, "" for none.
func (p *Page) When(t time.Time) string { return p.words.Value(t) }

// Day writes the day of a time.
func (p *Page) Day(t time.Time) string { return p.words.Date(t) }

// Clock writes the time of day.
func (p *Page) Clock(t time.Time) string { return p.words.Clock(t) }

// Sum writes an amount of a currency.
func (p *Page) Sum(a money.Amount, c money.Currency) string {
	return money.NewFormatter(p.Lang, c, "").Amount(a)
}

// Value writes any value as its kind is written.
func (p *Page) Value(v any) string { return p.words.Value(v) }

// Words are those of a request.
func (p *Page) Words() *words.Words { return p.words }

// FormField is the name of the field with the token of a form.
const FormField = "form"

// NewPage begins the page of a request.
func (s *Site) NewPage(w http.ResponseWriter, r *http.Request, title string) *Page {
	said := s.WordsOf(w, r)
	p := &Page{Title: said.T(title, nil), words: said, Lang: said.Lang(), Style: stylePath, Form: s.formToken(w, r)}
	for _, lang := range words.Languages() {
		p.Langs = append(p.Langs, Link{To: languageLink(r, lang), Label: s.frames[lang].T("settings.option.till.language."+lang, nil), Here: lang == p.Lang})
	}
	return p
}

// Show answers with a page.
func (s *Site) Show(w http.ResponseWriter, r *http.Request, status int, t *template.Template, p *Page) {
	var out bytes.Buffer // so that half a page is never sent
	if err := t.ExecuteTemplate(&out, "frame", p); err != nil {
		s.Log.Error("a page could not be made", "path", r.Pattern, "error", err)
		http.Error(w, p.words.T("error.unknown", nil), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes()) // whoever asked may be gone
}

var errorPage = Template(templates, "templates/error.html")

// Refuse answers with why something cannot be shown or done: a page with one
// sentence. What nobody foresaw is logged and told without its text.
func (s *Site) Refuse(w http.ResponseWriter, r *http.Request, err error) {
	s.RefuseOn(w, r, s.NewPage(w, r, "pages.error"), err)
}

// RefuseOn is Refuse on a page somebody began: with their places and a way back.
func (s *Site) RefuseOn(w http.ResponseWriter, r *http.Request, p *Page, err error) {
	p.Fault = s.Sentence(p, r, err)
	s.Show(w, r, StatusOf(err), errorPage, p)
}

// StatusOf is what an error is in HTTP.
func StatusOf(err error) int { return api.StatusOf(err) }

// Sentence is what a person is told of an error, which is logged where nobody
// foresaw it.
func (s *Site) Sentence(p *Page, r *http.Request, err error) string {
	e, known := errors.AsType[*pos.Error](err)
	if !known || e.Code == pos.CodeInternal || e.Code == pos.CodeUnavailable {
		s.Log.Error("a page failed", "path", r.Pattern, "error", err)
	}
	return p.words.Error(err)
}
