package widgets

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDialogs_HaveOneOfThreeWidths reads the source: every dialog of the program
// says which of the widths it has. The compiler refuses a number.
func TestDialogs_HaveOneOfThreeWidths(t *testing.T) {
	files, found := token.NewFileSet(), 0
	require.NoError(t, filepath.WalkDir("..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok || !isSpec(lit.Type) {
				return true
			}
			found++
			assert.True(t, hasWidth(lit), "%s: a dialog without a width", files.Position(lit.Pos()))
			return true
		})
		return nil
	}))
	assert.Greater(t, found, 80, "the scan found too little to be right")
}

func isSpec(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "DialogSpec"
}

func hasWidth(lit *ast.CompositeLit) bool {
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		if name, ok := kv.Key.(*ast.Ident); ok && name.Name == "Width" {
			return true
		}
	}
	return false
}

func TestWidth_GrowsWithTheWindow(t *testing.T) {
	for _, w := range []Width{Narrow, Middle, Wide} {
		for _, fills := range []bool{false, true} {
			usual, small, large := w.in(1366, fills), w.in(1024, fills), w.in(1920, fills)
			assert.Equal(t, usual, small, "in a small window it is cut, not made smaller")
			assert.GreaterOrEqual(t, large, usual)
			assert.LessOrEqual(t, large, float32(1920-100), "and leaves some of the screen behind it in sight")
		}
		assert.GreaterOrEqual(t, w.in(1920, true), w.in(1920, false), "a table uses more of it than a form")
	}
	assert.Greater(t, Wide.in(1920, true), Wide.in(1366, true)+400)
	assert.Less(t, Narrow.in(1920, true), Middle.in(1920, true))
	assert.Zero(t, tallerBy(768))
	assert.Greater(t, tallerBy(1080), float32(250))
}
