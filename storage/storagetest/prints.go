package storagetest

import (
	"testing"

	"kassa/pos"
	"kassa/pos/till/store"
)

// keepsPrints: slips come back as they were put on the queue, and how they ended.
func keepsPrints(t *testing.T, f *fixture) {
	job := func(id pos.PrintID, state pos.PrintState) pos.PrintJob {
		return pos.PrintJob{ID: id, Kind: pos.PrintReceipt, Doc: "sale", Title: "Чек № 1", Lines: []string{"один", "", "два"}, QR: "sale",
			Copies: 2, State: state, Employee: "e", At: noon}
	}
	waiting, failed, done := job("p1", pos.PrintWaiting), job("p2", pos.PrintFailed), job("p3", pos.PrintDone)
	failed.Cause, failed.Detail, failed.Tries = "print.off", map[string]string{"Address": "lp0"}, 1
	f.update(func(x store.Tx) error { return puts(x.PutPrint, waiting, failed, done) })
	reads(f, "Print", &failed, func(x store.Tx) (*pos.PrintJob, error) { return x.Print("p2") })
	reads(f, "all", []pos.PrintJob{done, failed, waiting}, func(x store.Tx) ([]pos.PrintJob, error) { return x.Prints(false, 5) })
	reads(f, "two of all", []pos.PrintJob{done, failed}, func(x store.Tx) ([]pos.PrintJob, error) { return x.Prints(false, 2) })
	reads(f, "open", []pos.PrintJob{failed}, func(x store.Tx) ([]pos.PrintJob, error) { return x.Prints(true, 5) })
	reads(f, "under way", []pos.PrintJob{waiting}, func(x store.Tx) ([]pos.PrintJob, error) { return x.PrintsUnderWay() })
	reads(f, "count", 1, func(x store.Tx) (int, error) { return x.OpenPrints() })

	edited := failed
	edited.State, edited.Cause, edited.Detail, edited.Lines, edited.Title = pos.PrintWaiting, "", nil, []string{"другое"}, "другое"
	f.update(func(x store.Tx) error { return x.PutPrint(&edited) })
	want := failed
	want.State, want.Cause, want.Detail = pos.PrintWaiting, "", nil
	reads(f, "its words stay", &want, func(x store.Tx) (*pos.PrintJob, error) { return x.Print("p2") })

	f.update(func(x store.Tx) error {
		gone := job("p4", pos.PrintWithdrawn)
		if err := x.PutPrint(&gone); err != nil {
			return err
		}
		return x.ForgetPrints(1)
	})
	f.view(func(x store.Tx) error {
		all, err := x.Prints(false, 9)
		var ids []pos.PrintID
		for _, j := range all {
			ids = append(ids, j.ID)
		}
		same(f, "after forgetting", ids, []pos.PrintID{"p4", "p2", "p1"})
		return err
	})
	if err := f.store.View(t.Context(), func(x store.Tx) error { _, err := x.Print("p3"); return err }); pos.CodeOf(err) != pos.CodeNotFound {
		t.Errorf("Print = %v, want CodeNotFound", err)
	}
}
