package payments_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	pay "kassa/pos/manual"
)

const aPDF = "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n"

func idOf(err error) string {
	e, _ := errors.AsType[*pos.Error](err)
	if e == nil {
		return ""
	}
	return e.ID
}

// A file of this computer goes to the backend and back; cut off, it stays where it is
// and is taken once however often it is tried again.
func TestPayments_Proofs(t *testing.T) {
	a := open(t)
	path := filepath.Join(t.TempDir(), "квитанция.pdf")
	require.NoError(t, os.WriteFile(path, []byte(aPDF), 0o600))
	seen := &a.stands("p1").Order
	in := pay.AskProof{ID: "f1", Where: pay.AtOrders}
	a.cut = true
	_, err := a.AddProof(t.Context(), a.Owner, seen, in, path)
	require.Equal(t, []any{pos.CodeUnavailable, "manual.proof-unreached"}, []any{pos.CodeOf(err), idOf(err)})
	require.FileExists(t, path)
	a.cut, a.deaf = false, true
	_, err = a.AddProof(t.Context(), a.Owner, seen, in, path)
	require.Equal(t, "manual.proof-unreached", idOf(err), "it arrived, and nobody knows")
	a.deaf = false
	o, err := a.AddProof(t.Context(), a.Owner, seen, in, path)
	require.NoError(t, err)
	require.EqualValues(t, 1, o.Proofs)

	k := a.stands("p1")
	require.Len(t, k.Attached(), 1)
	p := k.Attached()[0].Proof
	file, err := a.Proof(t.Context(), a.Owner, "p1", p)
	require.NoError(t, err)
	require.Equal(t, aPDF, string(file))
	saved := filepath.Join(t.TempDir(), "saved.pdf")
	require.NoError(t, a.SaveProof(t.Context(), a.Owner, "p1", p, saved))
	require.FileExists(t, saved)
	_, err = a.AddProof(t.Context(), a.Owner, seen, pay.AskProof{ID: "f2", Where: pay.AtOrders}, filepath.Join(t.TempDir(), "none"))
	require.Equal(t, "manual.file-missing", idOf(err))

	cashier := a.Cashier
	_, err = a.AddProof(t.Context(), cashier, seen, pay.AskProof{ID: "f3", Where: pay.AtOrders}, path)
	require.Equal(t, pos.CodeForbidden, pos.CodeOf(err), "they neither decide nor noted it")
	mine, err := a.New(t.Context(), cashier, pay.Ask{ID: "p9", Where: pay.AtTill, Text: "Занятие", Price: 100_00, Merchant: "m1"})
	require.NoError(t, err)
	_, err = a.AddProof(t.Context(), cashier, &mine, pay.AskProof{ID: "f3", Where: pay.AtTill}, path)
	require.NoError(t, err, "their own")
}
