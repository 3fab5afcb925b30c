package cmd_test

// This file keeps the table of tenders the one place that tells tenders apart.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// namesTenders lists the files outside package pos that may name single tenders,
// each with the reason. Whatever else differs from tender to tender is a question
// to the table in pos: a new tender is a row there, not a line here.
var namesTenders = map[string]string{
	"pos/receipt/return.go":                  "a slip has its own words for points, for a debt and for what is kept",
	"pos/refund/round.go":                    "what waits for a whole step is kept under its own name",
	"pos/refund/settle.go":                   "points go back to lots, credit lowers a debt, worth turned over is not given back",
	"pos/till/check/returns.go":              "points, debts and exchanges are booked beside the tender, and the self-check follows each",
	"pos/till/check/sale.go":                 "the head of a sale tells its points and its debt",
	"pos/till/counter/awaited.go":            "the operation that asks for a manual payment",
	"pos/till/counter/certificate_tender.go": "the operation that pays with a certificate",
	"pos/till/counter/protect.go":            "the operations that spend points and sell on credit",
	"pos/till/counter/sale.go":               "points and credit have limits of their own",
	"pos/till/counter/tender.go":             "credit is taken for a sum, yet with the customer's word",
	"pos/till/returns/exchange.go":           "the operation that turns worth over",
	"pos/till/returns/facts.go":              "points go back to lots, credit to a debt, worth turned over to what had been paid",
	"pos/till/returns/finish.go":             "a debt is lowered",
	"pos/till/returns/orders.go":             "what a manual payment paid goes back by its order",
	"pos/why/why.go":                         "tells how many points may be spent",
	"cmd/kassactl/door/commands.go":          "points have a command of their own, and the refusal names it; a manual payment is asked for",
	"cmd/kassactl/door/return.go":            "points that go back are told even when they are none",
	"ui/credit/credit.go":                    "the window that sells on credit",
	"ui/credit/model.go":                     "the window that sells on credit",
	"ui/payment/elsewhere.go":                "the window that asks for a manual payment",
	"ui/payment/exchange.go":                 "worth turned over is not given back",
	"ui/payment/model.go":                    "which tender has which window; what the customer has to offer",
	"ui/payment/payment.go":                  "a key of its own for all by card",
	"ui/payment/scan.go":                     "a scan may be a certificate",
	"ui/points/model.go":                     "the window that spends points",
	"ui/points/points.go":                    "the window that spends points",
	"ui/sale/model.go":                       "tells what spending points would do",
}

// players play a shop and choose what is paid how; they decide nothing by it.
var players = []string{"cmd/bench", "cmd/internal/month", "cmd/storybook", "storage/storagetest", "pos/till/tilltest"}

func TestHouse_TendersAreToldApartInOneTable(t *testing.T) {
	methods := tenderNames(t)
	require.GreaterOrEqual(t, len(methods), 8)
	found := map[string][]string{}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(filepath.ToSlash(path), "../")
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "build" || within(name, players) || strings.HasPrefix(d.Name(), ".") && d.Name() != ".."):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || filepath.Dir(name) == "pos":
			return nil
		}
		if names := namedIn(t, path, methods); len(names) > 0 {
			found[name] = names
		}
		return nil
	})
	require.NoError(t, err)
	for file, names := range found {
		if namesTenders[file] == "" {
			t.Errorf("%s names %s: ask the table in pos/tender.go instead, or tell here why it is about that tender alone", file, strings.Join(names, ", "))
		}
	}
	for file := range namesTenders {
		if found[file] == nil {
			t.Errorf("%s names no tender any more: take it off the list", file)
		}
	}
}

// tenderNames are the constants of type Method in package pos.
func tenderNames(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../pos/tender.go", nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var all []string
	ast.Inspect(file, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok {
			if kind, ok := v.Type.(*ast.Ident); ok && kind.Name == "Method" {
				for _, name := range v.Names {
					all = append(all, name.Name)
				}
			}
		}
		return true
	})
	return all
}

// namedIn are the methods a file names, as pos.Cash or as pos.Method("cash").
func namedIn(t *testing.T, path string, methods []string) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	var all []string
	of := func(e ast.Expr) string {
		if s, ok := e.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == "pos" {
				return s.Sel.Name
			}
		}
		return ""
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			if name := of(n); slices.Contains(methods, name) {
				all = append(all, name)
			}
		case *ast.CallExpr:
			if len(n.Args) == 1 && of(n.Fun) == "Method" {
				if word, ok := n.Args[0].(*ast.BasicLit); ok {
					all = append(all, word.Value)
				}
			}
		}
		return true
	})
	slices.Sort(all)
	return slices.Compact(all)
}
