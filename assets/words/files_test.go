package words_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets"
	"kassa/assets/words"
	"kassa/pos"
)

// entry is one message as its file has it: its forms by name.
type entry struct {
	file  string
	forms map[string]string
}

// messages reads all message files of a language.
func messages(t *testing.T, lang string) map[string]entry {
	t.Helper()
	all := map[string]entry{}
	for _, name := range files(t, lang) {
		file := path.Join(lang, name)
		raw, err := fs.ReadFile(assets.I18n, path.Join("i18n", file))
		require.NoError(t, err)
		var tree map[string]any
		require.NoError(t, toml.Unmarshal(raw, &tree), file)
		collect(t, all, file, "", tree)
	}
	return all
}

// files lists the names of all message files of a language.
func files(t *testing.T, lang string) []string {
	t.Helper()
	found, err := fs.ReadDir(assets.I18n, path.Join("i18n", lang))
	require.NoError(t, err)
	require.NotEmpty(t, found)
	var names []string
	for _, f := range found {
		names = append(names, f.Name())
	}
	return names
}

var formNames = []string{"zero", "one", "two", "few", "many", "other"}

func collect(t *testing.T, all map[string]entry, file, prefix string, tree map[string]any) {
	t.Helper()
	for key, v := range tree {
		id := strings.TrimPrefix(prefix+"."+key, ".")
		var forms map[string]string
		switch v := v.(type) {
		case string:
			forms = map[string]string{"other": v}
		case map[string]any:
			if forms = formsOf(v); forms == nil {
				collect(t, all, file, id, v)
				continue
			}
		default:
			t.Errorf("%s: %q is neither a text nor plural forms", file, id)
		}
		if other, twice := all[id]; twice {
			t.Errorf("%q is in %s and in %s", id, other.file, file)
		}
		all[id] = entry{file, forms}
	}
}

// formsOf returns the forms when the table is a message. A table that mixes
// forms with ids is a text written after a ["table"] by mistake, which makes it
// a part of that table; New refuses such a file.
func formsOf(table map[string]any) map[string]string {
	forms := map[string]string{}
	for k, v := range table {
		if text, ok := v.(string); ok && slices.Contains(formNames, k) {
			forms[k] = text
		}
	}
	if len(forms) == 0 {
		return nil
	}
	return forms
}

// placeholders lists the arguments a text uses, conditions included.
func placeholders(t *testing.T, id, text string) []string {
	t.Helper()
	tmpl, err := template.New(id).Parse(text)
	require.NoError(t, err, id)
	var names []string
	var walk func(n parse.Node)
	branch := func(b *parse.BranchNode) {
		walk(b.Pipe)
		walk(b.List)
		if b.ElseList != nil {
			walk(b.ElseList)
		}
	}
	walk = func(n parse.Node) {
		switch n := n.(type) {
		case *parse.ListNode:
			for _, c := range n.Nodes {
				walk(c)
			}
		case *parse.ActionNode:
			walk(n.Pipe)
		case *parse.PipeNode:
			for _, c := range n.Cmds {
				for _, a := range c.Args {
					walk(a)
				}
			}
		case *parse.FieldNode:
			names = append(names, strings.Join(n.Ident, "."))
		case *parse.IfNode:
			branch(&n.BranchNode)
		case *parse.WithNode:
			branch(&n.BranchNode)
		case *parse.RangeNode:
			branch(&n.BranchNode)
		}
	}
	walk(tmpl.Root)
	slices.Sort(names)
	return slices.Compact(names)
}

func (e entry) placeholders(t *testing.T, id string) []string {
	t.Helper()
	var all []string
	for _, text := range e.forms {
		all = append(all, placeholders(t, id, text)...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func TestFiles_TheFirstWordOfAnIDNamesItsFile(t *testing.T) {
	for _, lang := range words.Languages() {
		for id, e := range messages(t, lang) {
			first, _, _ := strings.Cut(id, ".")
			assert.Equal(t, path.Join(lang, first+".toml"), e.file, "the file of %q", id)
		}
	}
}

func TestFiles_EveryLanguageHasTheSameOnes(t *testing.T) {
	folders, err := fs.ReadDir(assets.I18n, "i18n")
	require.NoError(t, err)
	var langs []string
	for _, f := range folders {
		langs = append(langs, f.Name())
	}
	assert.ElementsMatch(t, words.Languages(), langs, "a folder is a language and nothing else")
	for _, lang := range words.Languages() {
		assert.Equal(t, files(t, words.Default), files(t, lang), lang)
	}
}

func TestFiles_EveryTextIsInEveryLanguage(t *testing.T) {
	first := messages(t, words.Default)
	for _, lang := range words.Languages()[1:] {
		other := messages(t, lang)
		for id, e := range first {
			o, ok := other[id]
			if !assert.True(t, ok, "%s: %q is not in %q", e.file, id, lang) {
				continue
			}
			assert.Equal(t, e.placeholders(t, id), o.placeholders(t, id), "%s: arguments of %q", e.file, id)
		}
		for id, e := range other {
			_, ok := first[id] // assert.Contains would walk all of them for each
			assert.True(t, ok, "%s: %q is not in %q", e.file, id, words.Default)
		}
	}
}

func TestFiles_EveryTextCanBeSaid(t *testing.T) {
	plural := map[string][]string{"ru": {"few", "many", "one", "other"}, "en": {"one", "other"},
		"be": {"few", "many", "one", "other"}, "uk": {"few", "many", "one", "other"}, "kk": {"one", "other"}}
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for id, e := range messages(t, lang) {
			assert.True(t, w.Has(id), "%s: %q", e.file, id)
			for form, text := range e.forms {
				assert.NotEmpty(t, strings.TrimSpace(text), "%s: %q %s", e.file, id, form)
				assert.NotContains(t, text, "TODO", "%s: %q", e.file, id)
			}
			if len(e.forms) > 1 {
				var have []string
				for form := range e.forms {
					have = append(have, form)
				}
				slices.Sort(have)
				assert.Equal(t, plural[lang], have, "%s: plural forms of %q", e.file, id)
			}
		}
	}
}

// What is said of a tender follows from its row in the table: whoever adds one
// learns here which words are missing.
func TestFiles_NameEveryTender(t *testing.T) {
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, m := range pos.RefundMethods {
			ids := []string{m.Word(), "returns.way." + string(m)}
			if m.OverCounter() {
				ids = append(ids, "returns.by."+string(m))
			}
			if m.Put() == pos.PutByAsking {
				ids = append(ids, "tender."+string(m))
			}
			if m.NeedsCode() {
				ids = append(ids, string(m)+".no-customer", "code.required-"+string(m), "payment.waits."+string(m), "payment.do.code."+string(m), "sale.revoked."+string(m))
			}
			for _, id := range ids {
				assert.True(t, w.Has(id), "%s: %q", lang, id)
			}
		}
	}
}

func TestFiles_NameEveryPermanentWord(t *testing.T) {
	for _, lang := range words.Languages() {
		w := words.New(lang, "RUB", "")
		for _, r := range pos.Rights {
			assert.True(t, w.Has("right."+string(r)), "%s: right %s", lang, r)
		}
		for _, k := range pos.SealKinds {
			assert.True(t, w.Has("seal.kind."+string(k)) && w.Has("seal.broken-"+string(k)), "%s: seal of a %s", lang, k)
		}
		for _, g := range pos.PresetGroups() {
			assert.True(t, w.Has("group."+string(g.ID)), "%s: group %s", lang, g.ID)
		}
		for _, c := range []pos.Code{pos.CodeInvalid, pos.CodeNotFound, pos.CodeForbidden, pos.CodeConflict, pos.CodeCodeRequired,
			pos.CodeNotPaid, pos.CodeLimit, pos.CodeOverdue, pos.CodeWait, pos.CodeUnavailable, pos.CodeInternal} {
			assert.True(t, w.Has("error.code."+string(c)), "%s: code %s", lang, c)
		}
	}
}
