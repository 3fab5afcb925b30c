// Package words says everything the shop reads in its own language. Texts live
// in assets/i18n as <language>/<first word of the id>.toml, numbers and dates are
// written the way that language writes them, and no error text of a program
// ever reaches a person.
package words

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"

	"kassa/assets"
	"kassa/pos"
	"kassa/pos/money"
)

// Default is the language used for one that is not known.
const Default = "ru"

// Languages lists what New knows, the default first. Each is complete.
func Languages() []string { return []string{Default, "en", "be", "uk", "kk"} }

// Words speaks one language and writes the money of one shop. It is safe for
// use by several goroutines and never changes.
type Words struct {
	lang  string
	own   *tongue
	money money.Formatter
	zone  *time.Location
}

// New makes the words of a language ("ru", "en-US"; an unknown one becomes
// Default), with the shop's currency and its sign ("" for the usual one). A file
// of that language is parsed when the first of its words is said, once in a
// process. That panics when it is broken, which the tests of this package rule out.
func New(lang string, cur money.Currency, symbol string) *Words {
	lang = known(lang)
	return &Words{
		lang:  lang,
		own:   tongues[lang](),
		money: money.NewFormatter(lang, cur, symbol),
		zone:  time.Local,
	}
}

// In returns the same words writing times in another zone than the computer's.
func (w *Words) In(zone *time.Location) *Words {
	c := *w
	c.zone = zone
	return &c
}

// Lang is the language in use, one of Languages.
func (w *Words) Lang() string { return w.lang }

// Money writes amounts, quantities and shares for this shop and language.
func (w *Words) Money() money.Formatter { return w.money }

// Has reports whether the language has words for id.
func (w *Words) Has(id string) bool {
	_, ok := w.find(w.own, id, nil, nil)
	return ok
}

// T returns the words for id with args put in. Typed values (amounts,
// quantities, shares, times, durations, rights, tenders, groups, numbers,
// errors) are written for the reader, see Value. The arg "Count" chooses the
// plural form. An id without words comes back as it is, so that it is noticed.
func (w *Words) T(id string, args pos.Args) string {
	var count any
	data := make(map[string]string, len(args))
	for name, v := range args {
		data[name] = w.value(name, v)
		if name == "Count" {
			count = pluralOf(v)
		}
	}
	if s, ok := w.find(w.own, id, data, count); ok {
		return s
	}
	if w.lang != Default {
		if s, ok := w.find(tongues[Default](), id, data, count); ok {
			return s
		}
	}
	return id
}

// parser leaves out what a message asks for and nobody gave.
var parser = &template.TextParser{Option: "missingkey=zero"}

func (w *Words) find(t *tongue, id string, data map[string]string, count any) (string, bool) {
	first, _, _ := strings.Cut(id, ".")
	file, ok := t.files[first]
	if !ok {
		return "", false
	}
	if text, ok := file()[id]; ok {
		return text, true
	}
	t.adding.RLock()
	defer t.adding.RUnlock()
	// An error with a text means that the text is of another plural form, the best there is.
	s, err := t.spoken.Localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: data, PluralCount: count, TemplateParser: parser})
	return s, err == nil || s != ""
}

// known maps a language name to one of Languages.
func known(lang string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(lang)), "_", "-"), "-")
	if slices.Contains(Languages(), base) {
		return base
	}
	return Default
}

// tongue is a language. Its files are read one by one, as they are spoken: the palette
// asks five languages for the names of what a till can do, and whole ones would stay in
// memory for that. A text without arguments and plural forms, as most are, is kept as it
// is; a template for each of them takes several times its length.
type tongue struct {
	files map[string]func() map[string]string // such texts by id, by the first word of the ids

	adding sync.RWMutex // the bundle must not be added to while it is read
	bundle *i18n.Bundle // the other texts, of the files read so far
	spoken *i18n.Localizer
}

// tongues are the texts of every language. They never change, so that all who
// speak a language share them.
var tongues = func() map[string]func() *tongue {
	all := map[string]func() *tongue{}
	for _, lang := range Languages() {
		all[lang] = sync.OnceValue(func() *tongue { return learn(assets.I18n, lang) })
	}
	return all
}()

// learn lists the files of one language.
func learn(files fs.FS, lang string) *tongue {
	folder := path.Join("i18n", lang)
	names, err := fs.ReadDir(files, folder)
	if err != nil || len(names) == 0 {
		panic(fmt.Sprintf("words: no message files of %q: %v", lang, err))
	}
	t := &tongue{files: make(map[string]func() map[string]string, len(names)), bundle: i18n.NewBundle(language.MustParse(lang))}
	t.spoken = i18n.NewLocalizer(t.bundle, lang)
	for _, name := range names {
		file := path.Join(folder, name.Name())
		t.files[strings.TrimSuffix(name.Name(), path.Ext(file))] = sync.OnceValue(func() map[string]string { return t.read(files, lang, file) })
	}
	return t
}

// read parses one file.
func (t *tongue) read(files fs.FS, lang, file string) map[string]string {
	raw, err := fs.ReadFile(files, file)
	var all []*i18n.Message
	if err == nil {
		all, err = i18n.ParseMessageBytes(raw, toml.Unmarshal)
	}
	plain := map[string]string{}
	all = slices.DeleteFunc(all, func(m *i18n.Message) bool {
		is := *m == i18n.Message{ID: m.ID, Other: m.Other} && !strings.Contains(m.Other, "{{")
		if is {
			plain[m.ID] = m.Other
		}
		return is
	})
	if err == nil {
		t.adding.Lock()
		defer t.adding.Unlock()
		err = t.bundle.AddMessages(language.MustParse(lang), all...)
	}
	if err != nil {
		panic(fmt.Sprintf("words: %s: %v", file, err))
	}
	return plain
}

// pluralOf turns a count into what plural rules are asked with: a whole number,
// or a decimal text, because 1.5 takes another form than 1.
func pluralOf(v any) any {
	switch v := v.(type) {
	case money.Quantity:
		return v.String()
	case int:
		return v
	case int64:
		return v
	case int32:
		return int64(v)
	case string:
		if _, err := strconv.ParseFloat(v, 64); err == nil {
			return v
		}
	}
	return nil
}
