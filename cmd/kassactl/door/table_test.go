package door

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// readers are the methods of a request by what they read.
var readers = map[string]Field{
	"text": {Type: "text", Required: true}, "optional": {Type: "text"}, "kept": {Type: "text"}, "code": {Type: "text", Required: true}, "codeIf": {Type: "text"},
	"amount": {Type: "decimal", Required: true}, "amountIf": {Type: "decimal"}, "percentIf": {Type: "decimal"},
	"quantity": {Type: "decimal", Required: true}, "quantityIf": {Type: "decimal"}, "quantityOrNone": {Type: "decimal", Required: true},
	"decimal": {Type: "decimal", Required: true}, "whole": {Type: "whole", Required: true}, "wholeIf": {Type: "whole"},
	"yes": {Type: "bool"}, "flag": {Type: "bool"}, "dayIf": {Type: "day"}, "dateIf": {Type: "day"}, "placeIf": {Type: "text"}, "momentIf": {Type: "time"},
	"method": {Type: "method", Required: true}, "object": {Type: "object", Required: true}, "list": {Type: "list"},
}

// The fields of the table are those the commands read, none more and none less,
// of the same type: what help lists and what is refused cannot lag behind.
func TestTable_FieldsAreThoseRead(t *testing.T) {
	bodies := methods(t)
	for _, f := range families {
		for i := range f {
			c := &f[i]
			full := runtime.FuncForPC(reflect.ValueOf(c.do).Pointer()).Name()
			read := map[string]Field{}
			reads(bodies, "s."+full[strings.LastIndexByte(full, '.')+1:], read, map[string]bool{})
			told := map[string]Field{}
			for _, field := range c.fields {
				told[field.Name] = field
			}
			assert.Equal(t, read, told, c.name)
		}
	}
}

// reads collects the fields a method reads itself and through those it calls.
func reads(bodies map[string]*ast.BlockStmt, method string, into map[string]Field, seen map[string]bool) {
	if seen[method] || bodies[method] == nil {
		return
	}
	seen[method] = true
	asked := map[string]bool{} // fields that may be absent: somebody looks first
	ast.Inspect(bodies[method], func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		name := called(call)
		var field string
		if len(call.Args) > 0 {
			if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				field, _ = strconv.Unquote(lit.Value)
			}
		}
		reader, ofRequest := strings.CutPrefix(name, "r.")
		kind, isReader := readers[reader]
		isReader = isReader && ofRequest
		switch {
		case name == "r.given" && field != "":
			asked[field] = true
		case isReader && field != "":
			kind.Name, kind.Required = field, kind.Required || into[field].Required
			into[field] = kind
		case !isReader:
			reads(bodies, name, into, seen)
		}
		return true
	})
	for field := range asked {
		if f, ok := into[field]; ok {
			f.Required = false
			into[field] = f
		}
	}
}

// called is the function a call names, or with "r." or "s." before it the method
// of the request or the session.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && (x.Name == "r" || x.Name == "s") {
			return x.Name + "." + f.Sel.Name
		}
	}
	return ""
}

func methods(t *testing.T) map[string]*ast.BlockStmt {
	t.Helper()
	entries, err := os.ReadDir(".")
	require.NoError(t, err)
	bodies := map[string]*ast.BlockStmt{}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, 0)
		require.NoError(t, err)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && (f.Recv == nil || len(f.Recv.List[0].Names) == 1) {
				name := f.Name.Name
				if f.Recv != nil {
					name = f.Recv.List[0].Names[0].Name + "." + name
				}
				bodies[name] = f.Body
			}
		}
	}
	return bodies
}

func TestTable_Names(t *testing.T) {
	seen := map[string]bool{}
	var types []string
	for _, k := range kinds {
		types = append(types, k[0])
		assert.True(t, json.Valid([]byte(k[1])) || strings.Contains(k[1], "…"), k[0])
	}
	page := strings.Join(Lines(), "\n")
	for _, f := range families {
		for i := range f {
			c := &f[i]
			assert.False(t, seen[c.name], "%s is there twice", c.name)
			seen[c.name] = true
			assert.Contains(t, page, "  "+c.name)
			for _, field := range c.fields {
				assert.Contains(t, types, field.Type, c.name)
				assert.False(t, slices.Contains(everywhere, field.Name), "%s of %s is everybody's", field.Name, c.name)
			}
		}
	}
}
