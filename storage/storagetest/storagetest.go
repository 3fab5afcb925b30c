// Package storagetest is the contract of store.Store as a test suite. A store
// passes it or is not one.
package storagetest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kassa/pos"
	"kassa/pos/till/store"
)

// Open makes an empty store that lives as long as the test.
type Open func(t *testing.T) store.Store

// Run judges a store. Every test opens its own.
func Run(t *testing.T, open Open) {
	for name, test := range promises {
		t.Run(name, func(t *testing.T) { test(t, &fixture{T: t, store: open(t)}) })
	}
}

// promises are what every store keeps, each under its own words.
var promises = map[string]func(*testing.T, *fixture){
	"keeps products":            keepsProducts,
	"finds products":            findsProducts,
	"finds by mixed words":      findsByMixedWords,
	"finds suppliers numbers":   findsArticles,
	"finds the most sold":       findsMostSold,
	"finds the often sold":      findsOftenSold,
	"guesses goods":             guessesProducts,
	"guesses customers":         guessesCustomers,
	"counts the shelf":          countsShelf,
	"keeps prices":              keepsPrices,
	"keeps categories":          keepsCategories,
	"keeps stock documents":     keepsStockDocs,
	"finds a product's moves":   findsMoves,
	"keeps people":              keepsPeople,
	"keeps customers":           keepsCustomers,
	"finds customers":           findsCustomers,
	"keeps lots and debts":      keepsLotsAndDebts,
	"tells a history":           tellsHistory,
	"keeps cheques":             keepsCheques,
	"keeps what is awaited":     keepsAwaited,
	"keeps sales":               keepsSales,
	"keeps every line":          keepsEveryLine,
	"numbers sales":             numbersSales,
	"begins an epoch":           beginsEpoch,
	"tells how far it came":     tellsStanding,
	"keeps overrides":           keepsOverrides,
	"keeps returns":             keepsReturns,
	"finds sales":               findsSales,
	"keeps approvals":           keepsApprovals,
	"uses an approval once":     usesAnApprovalOnce,
	"keeps caps of groups":      keepsCaps,
	"keeps certificates":        keepsCertificates,
	"keeps promotions":          keepsPromotions,
	"keeps what was given":      keepsWhatWasGiven,
	"keeps shifts":              keepsShifts,
	"sums a shift":              sumsShift,
	"keeps prints":              keepsPrints,
	"keeps settings changes":    keepsSettingsChanges,
	"tells of itself":           tellsOfItself,
	"keeps challenges":          keepsChallenges,
	"consumes a code once":      consumesOnce,
	"keeps the journal":         keepsJournal,
	"keeps the audit trail":     keepsAudit,
	"keeps what was told":       keepsTold,
	"moves what was told":       movesTold,
	"tells in order":            tellsInOrder,
	"tells after many":          tellsAfterMany,
	"forgets a customer told":   forgetsTold,
	"answers requests":          answersRequests,
	"forgets what people wrote": forgetsTexts,
	"forgets who paid":          forgetsPayments,
	"keeps a mirror":            keepsMirror,
	"keeps meta values":         keepsMeta,
	"undoes a failed change":    undoesFailure,
	"undoes a panic":            undoesPanic,
	"shows readers one state":   showsOneState,
	"stops when nobody waits":   stopsWhenCancelled,
	"ends a walk on its error":  endsWalk,
	"answers not found":         answersNotFound,
	"is sound":                  isSound,
	"seals what guards money":   sealsWhatGuardsMoney,
	"demands seals":             demandsSeals,
	"seals codes":               sealsCodes,
}

// noon is the time of the fixtures; stores keep milliseconds.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 7_000_000, time.UTC)

// errUndo is what a test fails with on purpose.
var errUndo = errors.New("undo this")

type fixture struct {
	*testing.T
	store store.Store
}

// update runs fn as a change that must succeed.
func (f *fixture) update(fn func(store.Tx) error) {
	f.Helper()
	if err := f.store.Update(context.Background(), fn); err != nil {
		f.Fatalf("Update: %v", err)
	}
}

// view runs fn as a reading that must succeed.
func (f *fixture) view(fn func(store.Tx) error) {
	f.Helper()
	if err := f.store.View(context.Background(), fn); err != nil {
		f.Fatalf("View: %v", err)
	}
}

// refused runs fn as a change that must fail with the code.
func (f *fixture) refused(code pos.Code, fn func(store.Tx) error) {
	f.Helper()
	if err := f.store.Update(context.Background(), fn); pos.CodeOf(err) != code {
		f.Errorf("Update = %v, want code %q", err, code)
	}
}

// same compares what was read with what was written.
func same[T any](f *fixture, what string, got, want T) {
	f.Helper()
	if d := cmp.Diff(want, got); d != "" {
		f.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// reads runs one getter in a reading of its own and compares; and in changes,
// twice: what a store keeps in memory for those that write must be what is
// stored.
func reads[T any](f *fixture, what string, want T, get func(store.Tx) (T, error)) {
	f.Helper()
	compare := func(x store.Tx) error {
		got, err := get(x)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		same(f, what, got, want)
		return nil
	}
	f.view(compare)
	f.update(compare)
	f.update(compare)
}

// walk collects what an Each method shows.
func walk[T any](each func(fn func(*T) error) error) (out []T, err error) {
	err = each(func(v *T) error {
		out = append(out, *v)
		return nil
	})
	return out, err
}

// puts calls put for each value.
func puts[T any](put func(*T) error, values ...T) error {
	for i := range values {
		if err := put(&values[i]); err != nil {
			return err
		}
	}
	return nil
}

func answersNotFound(t *testing.T, f *fixture) {
	get := map[string]func(store.Tx) error{
		"Product":         func(x store.Tx) error { _, err := x.Product("no"); return err },
		"ProductBySKU":    func(x store.Tx) error { _, err := x.ProductBySKU("no"); return err },
		"Employee":        func(x store.Tx) error { _, err := x.Employee("no"); return err },
		"Group":           func(x store.Tx) error { _, err := x.Group("no"); return err },
		"Customer":        func(x store.Tx) error { _, err := x.Customer("no"); return err },
		"CustomerByPhone": func(x store.Tx) error { _, err := x.CustomerByPhone("+70000000000"); return err },
		"CustomerByCard":  func(x store.Tx) error { _, err := x.CustomerByCard("no"); return err },
		"OpenCheque":      func(x store.Tx) error { _, err := x.OpenCheque(); return err },
		"Cheque":          func(x store.Tx) error { _, err := x.Cheque("no"); return err },
		"Sale":            func(x store.Tx) error { _, err := x.Sale("no"); return err },
		"SaleByNumber":    func(x store.Tx) error { _, err := x.SaleByNumber(1); return err },
		"LastSale":        func(x store.Tx) error { _, err := x.LastSale(); return err },
		"OpenShift":       func(x store.Tx) error { _, err := x.OpenShift(); return err },
		"Shift":           func(x store.Tx) error { _, err := x.Shift("no"); return err },
		"LastShift":       func(x store.Tx) error { _, err := x.LastShift(); return err },
		"Challenge":       func(x store.Tx) error { _, err := x.Challenge("no"); return err },
	}
	for name, fn := range get {
		if err := f.store.View(context.Background(), fn); pos.CodeOf(err) != pos.CodeNotFound {
			t.Errorf("%s = %v, want CodeNotFound", name, err)
		}
	}
	f.refused(pos.CodeNotFound, func(x store.Tx) error { return x.MoveStock("no", 1000, "doc", noon) })
}

func isSound(t *testing.T, f *fixture) {
	f.update(func(x store.Tx) error { return x.PutProduct(milk()) })
	for _, quick := range []bool{true, false} {
		reads(f, "EngineProblems", nil, func(x store.Tx) ([]string, error) { return x.EngineProblems(quick) })
	}
}
