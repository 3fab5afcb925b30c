package cmd_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What fits on a screen and into a head.
const (
	functionLines = 60
	packageLines  = 4500
)

// large are the packages that may be larger: many small things of one kind.
var large = []string{"ui/widgets", "storage/local"}

// TestHouse_Files holds the program's files to a size that can be read, and each
// to saying in its first lines what it holds. The file of a test is told by the
// names of its tests.
func TestHouse_Files(t *testing.T) {
	var found []string
	sizes := map[string]int{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "build" || name == "tools" || strings.HasPrefix(name, ".") && name != ".." {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, ".."+string(filepath.Separator)))
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		sizes[filepath.ToSlash(filepath.Dir(name))] += set.File(f.FileStart).LineCount()
		found = append(found, longFunctions(name, set, f)...)
		if !says(f) {
			found = append(found, name+" does not say what it holds")
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, len(sizes), 50, "the whole house was looked at")
	for _, dir := range slices.Sorted(maps.Keys(sizes)) {
		if sizes[dir] > packageLines && !slices.Contains(large, dir) {
			found = append(found, fmt.Sprintf("%s has %d lines", dir, sizes[dir]))
		}
	}
	assert.Empty(t, found)
}

// longFunctions are those that do not fit on a screen.
func longFunctions(file string, set *token.FileSet, f *ast.File) (all []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		name := "a function without a name"
		switch n := n.(type) {
		case *ast.FuncDecl:
			name = n.Name.Name
		case *ast.FuncLit:
		default:
			return true
		}
		if lines := set.Position(n.End()).Line - set.Position(n.Pos()).Line + 1; lines > functionLines {
			all = append(all, fmt.Sprintf("%s: %s has %d lines", file, name, lines))
			return false // what is in it is long because of it
		}
		return true
	})
	return all
}

// says reports a file that tells in its first lines what it holds: before the
// package clause, between that and the first declaration, or in that declaration's
// own doc comment. What only a tool reads does not count.
func says(f *ast.File) bool {
	first := token.Pos(0)
	for _, d := range f.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.IMPORT {
			continue
		}
		switch d := d.(type) {
		case *ast.GenDecl:
			if d.Doc != nil {
				return true
			}
		case *ast.FuncDecl:
			if d.Doc != nil {
				return true
			}
		}
		first = d.Pos()
		break
	}
	for _, c := range f.Comments {
		inImports := slices.ContainsFunc(f.Imports, func(i *ast.ImportSpec) bool { return i.Doc == c || i.Comment == c })
		if (first == 0 || c.Pos() < first) && !inImports && strings.TrimSpace(c.Text()) != "" {
			return true
		}
	}
	return false
}

func TestHouse_FilesThatSayNothing(t *testing.T) {
	read := func(src string) (*token.FileSet, *ast.File) {
		set := token.NewFileSet()
		f, err := parser.ParseFile(set, "a.go", src, parser.ParseComments)
		require.NoError(t, err)
		return set, f
	}
	for _, src := range []string{
		"package a\n\nfunc b() {}\n\n// c is told.\nfunc c() {}\n",
		"//go:build linux\n\npackage a\n\nfunc b() {}\n",
		"package a\n\nimport _ \"embed\" // the picture\n\nconst (\n\t// b is told.\n\tb = 1\n)\n",
	} {
		_, f := read(src)
		assert.False(t, says(f), src)
	}
	for _, src := range []string{
		"// Package a is told.\npackage a\n\nfunc b() {}\n",
		"package a\n\nimport \"fmt\"\n\n// What can be told.\n\nvar b = fmt.Sprint()\n",
		"package a\n\n// b is told.\nfunc b() {}\n",
		"// Package a has its words in a file of its own.\npackage a\n",
	} {
		_, f := read(src)
		assert.True(t, says(f), src)
	}
	body := strings.Repeat("\n", functionLines-1)
	set, f := read("package a\n\nfunc b() {" + body + "}\n\nvar c = func() {" + body + "\n}\n")
	assert.Equal(t, []string{"a.go: a function without a name has 61 lines"}, longFunctions("a.go", set, f))
}
