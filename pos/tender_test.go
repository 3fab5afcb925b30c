package pos

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// declared are the constants of type Method in this package.
func declared(t *testing.T) []Method {
	t.Helper()
	names, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var all []Method
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		for _, d := range file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				if kind, ok := v.Type.(*ast.Ident); !ok || kind.Name != "Method" {
					continue
				}
				for _, value := range v.Values {
					word, err := strconv.Unquote(value.(*ast.BasicLit).Value)
					require.NoError(t, err)
					all = append(all, Method(word))
				}
			}
		}
	}
	return all
}

func TestTenders_ListEveryMethodOnce(t *testing.T) {
	var rows []Method
	for _, r := range tenders {
		rows = append(rows, r.Method)
	}
	require.ElementsMatch(t, declared(t), rows)
}

// The words are stored and sealed, and their order is that of keys, reports and
// postings: a new one may come between, these neither move nor change sides.
func TestTenders_KeepTheirOrder(t *testing.T) {
	first := []Method{"cash", "card", "transfer", "points", "credit", "certificate", "exchange", "withheld"}
	old := func(all []Method) (kept []Method) {
		for _, m := range all {
			if slices.Contains(first, m) {
				kept = append(kept, m)
			}
		}
		return kept
	}
	require.Equal(t, first, old(RefundMethods))
	require.Equal(t, first[:7], old(SaleMethods))
	require.Equal(t, first[:6], old(Methods))
	require.Equal(t, first[:3], old(CounterMethods))
	require.Equal(t, Cash, ChangeMethod)
}

func TestTenders_AreConsistent(t *testing.T) {
	changed := 0
	accounts := map[string]Method{}
	for _, r := range tenders {
		m := r.Method
		if r.Change {
			changed++
			require.True(t, m.InDrawer(), "%s: change is taken out of the drawer", m)
		}
		if m.InDrawer() {
			require.True(t, r.Counter, "%s: whoever opens the drawer takes and gives money", m)
		}
		if r.Counter {
			require.False(t, r.Promise || r.Customer || r.Elsewhere, "%s: money that is there is nobody's promise", m)
			require.Equal(t, PutBySum, r.Put, "%s: of money the sum is all there is to tell", m)
			require.Equal(t, OfShop, r.Account.Of, "%s", m)
			require.Equal(t, m, r.Back, "%s: a correction and a repayment go back as what they are", m)
		}
		require.Equal(t, r.Customer, r.Code != nil, "%s: what is the customer's is spent with the customer's word, and nothing else is", m)
		if r.Customer {
			require.True(t, r.Promise, "%s", m)
		}
		if r.Elsewhere {
			require.False(t, r.Change || r.Customer, "%s: who approves it is neither the till nor the customer", m)
			require.Equal(t, PutByAsking, r.Put, "%s: whoever approves it must be told more than a sum", m)
		}
		require.Equal(t, m.ByHand(), r.Right != "", "%s: what an employee puts there takes a right, what the till puts there takes none", m)
		if r.Right != "" {
			require.Contains(t, Rights, r.Right, "%s", m)
		}
		require.Equal(t, m.ByHand(), r.Back != "", "%s: what was paid comes back, what was turned over or kept does not", m)
		if r.Back != "" {
			require.Contains(t, RefundMethods, r.Back, "%s", m)
		}
		require.Equal(t, m.InSale(), r.Fiscal != "", "%s: a fiscal receipt tells every tender of a sale, and only those", m)
		require.NotEmpty(t, r.Account.Name, "%s", m)
		require.Empty(t, accounts[r.Account.Name], "%s: each tender has an account of its own", m)
		accounts[r.Account.Name] = m
	}
	require.Equal(t, 1, changed, "change is given out of one tender alone")
}

// A fiscal receipt tells them apart, and so does whoever owns what they stand for.
func TestTenders_CreditCertificateAndPointsAreThreeThings(t *testing.T) {
	three := []Method{Credit, ByCertificate, Points}
	for i, m := range three {
		require.True(t, m.Promise(), "%s", m)
		for _, other := range three[i+1:] {
			require.NotEqual(t, m.Fiscal(), other.Fiscal(), "%s and %s", m, other)
			require.NotEqual(t, m.Account(), other.Account(), "%s and %s", m, other)
		}
	}
	require.Equal(t, OfCustomer, Credit.Account().Of)
	require.Equal(t, OfCertificate, ByCertificate.Account().Of)
	require.True(t, Credit.NeedsCode() && Points.NeedsCode())
	require.False(t, ByCertificate.NeedsCode(), "who holds a certificate may spend it")
}

func TestMethod_AnswersForOneItDoesNotKnow(t *testing.T) {
	m := Method("shells")
	require.Equal(t, TenderTraits{Method: m, Back: m}, m.Traits())
	require.Equal(t, PutNowhere, m.Put())
	require.Equal(t, m, m.ComesBackAs())
	require.Equal(t, TenderAccount{}, m.Account())
	require.Empty(t, m.Right())
	require.Empty(t, m.Fiscal())
	require.Equal(t, "method.shells", m.Word())
	for name, is := range map[string]func(Method) bool{
		"by hand": Method.ByHand, "in a sale": Method.InSale, "kept": Method.Kept, "change": Method.GivesChange, "counter": Method.OverCounter,
		"drawer": Method.InDrawer, "promise": Method.Promise, "no points": Method.NoEarn, "customer": Method.NeedsCustomer,
		"certificate": Method.NeedsCertificate, "code": Method.NeedsCode, "approval": Method.NeedsApproval,
	} {
		require.False(t, is(m), name)
	}
	require.Equal(t, ConfirmNever, (&Settings{ConfirmPoints: ConfirmAlways, ConfirmCredit: ConfirmAlways}).Confirm(m))
}

func TestSettings_Confirm(t *testing.T) {
	set := Settings{ConfirmPoints: ConfirmAlways, ConfirmCredit: ConfirmNever}
	for _, m := range RefundMethods {
		want := ConfirmNever
		if m == Points {
			want = ConfirmAlways
		}
		require.Equal(t, want, set.Confirm(m), "%s", m)
	}
	require.True(t, set.Guarded())
	set.ConfirmPoints, set.ConfirmCredit = ConfirmNever, ConfirmAlways
	require.Equal(t, ConfirmAlways, set.Confirm(Credit))
	require.True(t, set.Guarded())
	set.ConfirmCredit = ConfirmNever
	require.False(t, set.Guarded())
}

func TestSale_IntoDrawer(t *testing.T) {
	s := &Sale{Change: 300, Tenders: []SaleTender{
		{Tender: Tender{Method: Cash, Amount: 1000}}, {Tender: Tender{Method: Card, Amount: 50}}, {Tender: Tender{Method: Cash, Amount: 1}}}}
	require.EqualValues(t, 701, s.IntoDrawer())
	require.Equal(t, s.Paid(Cash), s.IntoDrawer())
	require.EqualValues(t, 50, s.Paid(Card))
}

func TestReturn_OutOfDrawer(t *testing.T) {
	r := &Return{Refunds: []Refund{{Method: Cash, Amount: 40}, {Method: Card, Amount: 7}, {Method: Withheld, Amount: 1}, {Method: Cash, Amount: 2}, {Method: Exchange, Amount: 90}}}
	require.EqualValues(t, 42, r.OutOfDrawer())
	require.EqualValues(t, 90, r.TurnedOver())
}
