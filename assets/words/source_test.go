package words_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/assets/words"
)

// moduleRoot is the folder of go.mod, seen from this package.
const moduleRoot = "../.."

// use is an id in the source.
type use struct{ id, where string }

// idShape is what ids look like: words with hyphens, joined by dots.
var idShape = regexp.MustCompile(`^[a-z0-9]+([._-][a-zA-Z0-9]+)+$`)

func TestSource_EveryIdHasWords(t *testing.T) {
	uses := usedIDs(t)
	require.Greater(t, len(uses), 50, "the scan found too little to be right")
	all := messages(t, words.Default)
	for _, u := range uses {
		if _, ok := all[u.id]; !ok {
			t.Errorf("%s: %q has no words in assets/i18n", u.where, u.id)
		}
	}
}

// composed are the ids that the source puts together of more than its own
// words, each with what the end of it is.
var composed = map[string]string{
	"cli.help.":        "the name of a command",
	"customers.field.": "the name of a field and .hint",
	"month.of.":        "the number of a month",
	"keymap.place.":    "the beginning of an action's id",
	"month.name.":      "the number of a month",
	"help.sms.":        "the key of a field of a provider",
	"goods.import.":    "what is imported and .hint, a setting, or the meaning of a column",
	"report.col.":      "the name of a column, marked there as a figure",
	"settings.option.": "the key of a setting and the word chosen",
	"sms.ask.":         "the outcome of a request",
	"mail.field.":      "the key of a field and the word chosen",
}

func TestSource_SaysEveryText(t *testing.T) {
	words, excused := literals(t), map[string]bool{}
	for id, e := range messages(t, "ru") {
		if words[id] || joined(id, words) {
			continue
		}
		known := false
		for start := range composed {
			if strings.HasPrefix(id, start) {
				known, excused[start] = true, true
			}
		}
		if !known {
			t.Errorf("%s: nothing in the program says %q", e.file, id)
		}
	}
	for start := range composed {
		if !excused[start] {
			t.Errorf("no text is left that begins with %q", start)
		}
	}
}

// joined tells whether an id can be put together of literals that end where a
// part of an id ends, such as "menu.", and a last one.
func joined(id string, words map[string]bool) bool {
	for i, r := range id {
		if (r == '.' || r == '-') && words[id[:i+1]] && (words[id[i+1:]] || joined(id[i+1:], words)) {
			return true
		}
	}
	return false
}

// literals are the texts that stand in the program's source.
func literals(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	_, packages := source(t)
	for _, files := range packages {
		for _, f := range files {
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						all[text] = true
					}
				}
				return true
			})
		}
	}
	for _, u := range pageIDs(t) {
		all[u.id] = true
	}
	return all
}

// saidByPage is what the template of a page says: {{.T "some.id"}}.
var saidByPage = regexp.MustCompile(`\.T "([^"]+)"`)

// pageIDs collects the ids that templates of pages say.
func pageIDs(t *testing.T) (found []use) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(moduleRoot, "backend", "pages", "*", "*.html"))
	require.NoError(t, err)
	deeper, err := filepath.Glob(filepath.Join(moduleRoot, "backend", "pages", "*", "*", "*.html"))
	require.NoError(t, err)
	for _, name := range append(names, deeper...) {
		raw, err := os.ReadFile(name)
		require.NoError(t, err)
		for _, m := range saidByPage.FindAllStringSubmatch(string(raw), -1) {
			found = append(found, use{m[1], name})
		}
	}
	require.NotEmpty(t, found, "the pages were not found")
	return found
}

// source is the program without its tests, by folder.
func source(t *testing.T) (*token.FileSet, map[string][]*ast.File) {
	t.Helper()
	files := token.NewFileSet()
	packages := map[string][]*ast.File{}
	err := filepath.WalkDir(moduleRoot, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "build" || (strings.HasPrefix(d.Name(), ".") && name != moduleRoot)):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		f, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		packages[filepath.Dir(name)] = append(packages[filepath.Dir(name)], f)
		return nil
	})
	require.NoError(t, err)
	return files, packages
}

// usedIDs collects the ids that the program's source hands to pos.E, pos.Wrap, a
// pos.Error literal, or a method T, as literals or as constants of the package.
func usedIDs(t *testing.T) []use {
	t.Helper()
	files, packages := source(t)
	var found []use
	for _, p := range packages {
		consts := constants(p)
		for _, f := range p {
			ast.Inspect(f, func(n ast.Node) bool {
				for _, e := range idArguments(f.Name.Name, n) {
					for _, id := range values(e, consts) {
						found = append(found, use{id, files.Position(e.Pos()).String()})
					}
				}
				return true
			})
		}
	}
	found = append(found, pageIDs(t)...)
	slices.SortFunc(found, func(a, b use) int { return strings.Compare(a.where, b.where) })
	return found
}

// idArguments returns the expressions of a node that are ids.
func idArguments(pkg string, n ast.Node) []ast.Expr {
	switch n := n.(type) {
	case *ast.CallExpr:
		name, on := "", ""
		switch f := n.Fun.(type) {
		case *ast.Ident:
			name, on = f.Name, pkg
		case *ast.SelectorExpr:
			name = f.Sel.Name
			if x, ok := f.X.(*ast.Ident); ok {
				on = x.Name
			}
			if name == "T" && len(n.Args) == 2 {
				return n.Args[:1]
			}
		}
		if on == "pos" && (name == "E" || name == "Wrap") && len(n.Args) == 3 {
			return n.Args[1:2]
		}
	case *ast.CompositeLit:
		if s, ok := n.Type.(*ast.SelectorExpr); !ok || s.Sel.Name != "Error" {
			return nil
		} else if x, ok := s.X.(*ast.Ident); !ok || x.Name != "pos" {
			return nil
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				if k, ok := kv.Key.(*ast.Ident); ok && k.Name == "ID" {
					return []ast.Expr{kv.Value}
				}
			}
		}
	}
	return nil
}

// values is what an expression can be known to be: a literal or a constant. An
// id put together at run time is the business of its own package's tests.
func values(e ast.Expr, consts map[string]string) []string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && idShape.MatchString(s) {
			return []string{s}
		}
	case *ast.Ident:
		if s, ok := consts[e.Name]; ok && idShape.MatchString(s) {
			return []string{s}
		}
	}
	return nil
}

// constants are the string constants of a package.
func constants(files []*ast.File) map[string]string {
	all := map[string]string{}
	for _, f := range files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v, ok := s.(*ast.ValueSpec)
				if !ok {
					continue
				}
				for i := range v.Values {
					if lit, ok := v.Values[i].(*ast.BasicLit); ok && lit.Kind == token.STRING {
						if text, err := strconv.Unquote(lit.Value); err == nil {
							all[v.Names[i].Name] = text
						}
					}
				}
			}
		}
	}
	return all
}
