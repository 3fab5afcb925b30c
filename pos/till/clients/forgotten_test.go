package clients_test

// This test looks for a person who was erased in every byte of the shop.

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/till"
	"kassa/pos/till/tilltest"
)

// nowhere fails for each spelling that stands in a file of the shop's folder, its
// log and its copies included.
func nowhere(t *testing.T, dir string, spellings []string) {
	t.Helper()
	files := 0
	require.NoError(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		for _, text := range spellings {
			if at := strings.Index(string(data), text); at >= 0 {
				t.Errorf("%q stands in %s at %d: …%q…", text, filepath.Base(path), at, data[max(0, at-40):min(len(data), at+60)])
			}
		}
		return err
	}))
	require.NotZero(t, files)
}

func spelled(people ...*till.CardView) (all []string) {
	for _, p := range people {
		digits := strings.TrimPrefix(p.Phone, "+")
		back := []byte(digits)
		for i, j := 0, len(back)-1; i < j; i, j = i+1, j-1 {
			back[i], back[j] = back[j], back[i]
		}
		all = append(all, p.Name, pos.Fold(p.Name), strings.ToUpper(p.Name), strings.Fields(pos.Fold(p.Name))[1], digits, string(back),
			digits[1:], p.Card)
		if p.Email != "" {
			all = append(all, p.Email)
		}
	}
	return all
}

// liveThrough puts the person into all that a shop writes down.
func liveThrough(t *testing.T, s *tilltest.Shop, was *till.CardView) {
	t.Helper()
	ok := func(_ any, err error) { t.Helper(); require.NoError(t, err) }
	ctx, name := s.Context(), was.Name
	for i, state := range []pos.PrintState{pos.PrintDone, pos.PrintFailed, pos.PrintUnknown, pos.PrintWithdrawn, pos.PrintPrinting} {
		words := strings.Fields(name)
		lines := append([]string{"Покупатель: " + words[0], "  " + words[1]}, strings.Repeat("длинный чек ", 10))
		for range 100 * i { // long ones lie in pages of their own
			lines = append(lines, "тел. "+was.Phone)
		}
		j, err := s.QueuePrint(ctx, s.Cashier, pos.PrintJob{Kind: pos.PrintReport, Title: "Долги: " + name, Lines: lines, Copies: 1})
		require.NoError(t, err)
		ok(s.BeginPrint(ctx, s.Cashier, j.ID))
		if state == pos.PrintPrinting {
			continue
		}
		if state == pos.PrintWithdrawn {
			ok(s.EndPrint(ctx, s.Cashier, j.ID, pos.PrintFailed, nil))
			ok(s.WithdrawPrint(ctx, s.Cashier, j.ID))
			continue
		}
		ok(s.EndPrint(ctx, s.Cashier, j.ID, state, nil))
	}
	sale := s.Sell(0, 1, func() { s.Cash(38_900) })
	ok(s.QueuePrint(ctx, s.Cashier, pos.PrintJob{Kind: pos.PrintReceipt, Doc: string(sale.ID), Title: "Чек", Lines: []string{"Уважаемая Анна!"}, Copies: 1}))
	form := s.Form(3)
	form.Note = "муж: " + name + ", " + was.Phone
	ok(s.UpdateCustomer(ctx, s.Owner, s.Demo.Customers[3].ID, form))
	s.Ring(s.Demo.Products[0].Barcodes[0])
	ok(s.Park(ctx, s.Cashier, "ждёт "+name+" "+was.Phone[2:]))
	ok(s.StartReturn(ctx, s.Owner, till.FindSale{ID: sale.ID}))
	ok(s.ReturnLine(ctx, s.Owner, 1, 1000, "просила "+strings.ToUpper(name)+", тел. 8 (900) "+was.Phone[5:8]+"-"+was.Phone[8:10]+"-"+was.Phone[10:], false))
}

func TestTill_EraseCustomer_LeavesNoByte(t *testing.T) {
	s, was := tilltest.Merged(t)
	ctx := s.Context()
	form := s.Form(0)
	form.Name, form.Note, form.Email, form.Birthday = "Анна Перепёлкина", "любит ряженку", "perepelkina@example.test", "1985-02-03"
	_, err := s.UpdateCustomer(ctx, s.Owner, was[0].ID, form)
	require.NoError(t, err)
	renamed := s.DemoPerson(0)
	for _, p := range []*till.CardView{renamed, was[0]} {
		liveThrough(t, s, p)
		if p == renamed {
			require.NoError(t, s.AbandonReturn(ctx, s.Owner))
		}
	}
	_, _, err = s.RepayDebt(ctx, s.Cashier, was[0].ID, pos.Cash, s.DemoPerson(0).Debt)
	require.NoError(t, err)
	s.Spoilt() // the books of what was made up here are another test's

	require.NoError(t, s.EraseCustomer(ctx, s.Owner, was[0].ID, true))
	_, err = s.Store.Backup(ctx, "")
	require.NoError(t, err)
	nowhere(t, s.Store.Dir(), append(spelled(was[0], was[1], renamed), "ряженку", "1985-02-03", "Уважаемая"))

	prints, err := s.Prints(ctx, false, 100)
	require.NoError(t, err)
	for i := range prints {
		require.True(t, prints[i].Forgotten())
		require.False(t, prints[i].State.Open(), "a slip without words is not printed again")
	}
	parked, err := s.Parked(ctx)
	require.NoError(t, err)
	require.Len(t, parked, 2, "a cheque with a note about somebody stays")
	require.Contains(t, parked[0].Cheque.Note, "ждёт •••")
	require.Empty(t, s.Problems())
}
