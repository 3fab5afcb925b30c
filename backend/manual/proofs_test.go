package manual_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/backend/manual"
	"kassa/backend/store"
	"kassa/pos"
	pay "kassa/pos/manual"
	"kassa/storage/central"
)

// pdf is a small whole document that says something.
func pdf(says string) []byte {
	return []byte("%PDF-1.4\n% " + says + "\n1 0 obj<</Type/Catalog>>endobj\n%%EOF\n")
}

func (r *room) attach(from manual.From, order, id string, file []byte) (*pay.Order, error) {
	return r.AddProof(context.Background(), from, order, pay.AskProof{ID: id, Where: pay.AtOrders, Comment: "квитанция банка"}, file)
}

// From a screenshot and a document to whoever opens them, by who may and who may not.
func TestManual_Proofs(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		shot := picture(r.T)
		o, err := r.attach(owner, "p1", "f1", shot)
		require.NoError(r, err)
		require.EqualValues(r, 2, o.Version)
		require.EqualValues(r, 1, o.Proofs)
		again, err := r.attach(owner, "p1", "f1", shot)
		require.NoError(r, err, "the same once more")
		require.Equal(r, o, again)
		_, err = r.attach(owner, "p1", "f1", pdf("другая"))
		require.Equal(r, "manual.request-taken", idOf(err))
		require.Equal(r, pos.CodeConflict, pos.CodeOf(err))
		require.EqualValues(r, 2, args(err)["Order"].(*pay.Order).Version, "with how it stands")
		r.order("p2")
		_, err = r.attach(manager, "p2", "f1", shot)
		require.Equal(r, "manual.request-taken", idOf(err), "another order's, by another till")
		_, err = r.attach(owner, "another shop's", "f2", shot)
		require.Equal(r, "manual.order-unknown", idOf(err))
		_, err = r.attach(owner, "p1", "f2", []byte("<svg><script/></svg>"))
		require.Equal(r, "manual.proof-kind", idOf(err))

		document := pdf("перевод")
		_, err = r.attach(manager, "p1", "f2", document)
		require.NoError(r, err)
		_, err = r.decide(manager, "d1", "p1", pay.Approve, 1)
		require.Equal(r, "manual.changed", idOf(err), "whoever decides has seen what was attached")
		_, err = r.decide(manager, "d2", "p1", pay.Approve, 3)
		require.NoError(r, err)
		_, err = r.attach(owner, "p1", "f3", pdf("после решения"))
		require.NoError(r, err)

		all, err := r.Proofs(r.Context(), "p1")
		require.NoError(r, err)
		require.Len(r, all, 3)
		require.Equal(r, []any{"f1", pay.ProofPicture, "Ольга", "квитанция банка"}, []any{all[0].ID, all[0].Kind, all[0].By.Name, all[0].Comment})
		p, file, err := r.Proof(r.Context(), "p1", "f2")
		require.NoError(r, err)
		require.Equal(r, document, file)
		require.Equal(r, all[1].Proof, p)
		_, file, err = r.Proof(r.Context(), "p1", "f1")
		require.NoError(r, err)
		_, kind, err := image.DecodeConfig(bytes.NewReader(file))
		require.NoError(r, err)
		require.Equal(r, "jpeg", kind, "made anew")
		for order, id := range map[string]string{"p2": "f1", "p1": "f9"} {
			_, _, err = r.Proof(r.Context(), order, id)
			require.Equal(r, "manual.proof-unknown", idOf(err))
		}
		r.sound()
	})
}

func TestManual_Proofs_WhoMay(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		for name, c := range map[string]struct {
			by     string
			rights pay.Rights
			may    bool
		}{
			"who decides":              {"e2", pay.Rights{Decide: true}, true},
			"who noted it":             {"e1", pay.Rights{Create: true}, true},
			"who noted another":        {"e2", pay.Rights{Create: true}, false},
			"who noted it and may not": {"e1", pay.Rights{Refund: true}, false},
			"nobody":                   {"", pay.Rights{Create: true}, false},
		} {
			_, err := r.attach(manual.From{Till: "t1", By: pay.Person{ID: c.by}, Rights: c.rights}, "p1", strings.ReplaceAll(name, " ", "-"), nil)
			if !c.may {
				assert.Equal(r, "manual.forbidden", idOf(err), name)
				continue
			}
			assert.Equal(r, "manual.proof-empty", idOf(err), name) // which nobody looks at before the right
		}
		for name, in := range map[string]pay.AskProof{
			"manual.id":          {ID: "with spaces", Where: pay.AtOrders},
			"manual.proof-where": {ID: "f1", Where: pay.AtClock},
			"text.card-number":   {ID: "f1", Where: pay.AtOrders, Comment: "с карты 4111 1111 1111 1111"},
		} {
			_, err := r.AddProof(r.Context(), owner, "p1", in, pdf("x"))
			assert.Equal(r, name, idOf(err))
		}
		for i := range pay.MostProofs {
			_, err := r.attach(owner, "p1", fmt.Sprint("f", i), pdf(fmt.Sprint(i)))
			require.NoError(r, err)
		}
		_, err := r.attach(owner, "p1", "one more", pdf("ещё"))
		require.Equal(r, pos.CodeInvalid, pos.CodeOf(err), "its id has a space")
		_, err = r.attach(owner, "p1", "more", pdf("ещё"))
		require.Equal(r, "manual.proofs-many", idOf(err))
		again, err := r.attach(owner, "p1", "f3", pdf("3"))
		require.NoError(r, err, "what was taken before is answered as it was")
		require.EqualValues(r, 5, again.Version)
		r.sound()
	})
}

// What changed in the file since it was attached is found, and never given to anybody.
func TestManual_Proofs_TamperedWith(t *testing.T) {
	at := filepath.Join(t.TempDir(), central.FileName)
	s, err := central.OpenFile(t.Context(), at, false, nil)
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	r := open(t, s)
	r.order("p1")
	_, err = r.attach(owner, "p1", "f1", pdf("сто"))
	require.NoError(t, err)
	r.sound()
	for name, sql := range map[string]string{
		"other bytes":              "UPDATE manual_proofs SET file = X'255044462D'",
		"other bytes and digest":   "UPDATE manual_proofs SET file = X'', digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'",
		"of another order":         "UPDATE manual_proofs SET order_id = 'p2'",
		"taken away by hand":       "DELETE FROM manual_proofs",
		"gone, and there all same": "UPDATE manual_proofs SET gone = 1",
	} {
		tx, err := s.W.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		_, err = tx.ExecContext(t.Context(), "CREATE TABLE kept AS SELECT * FROM manual_proofs")
		require.NoError(t, err)
		_, err = tx.ExecContext(t.Context(), sql)
		require.NoError(t, err)
		require.NoError(t, tx.Commit())
		faults, err := r.VerifyManual(t.Context())
		require.NoError(t, err)
		assert.Equal(t, []pay.Fault{{Order: "p1", What: pay.FaultProof, Where: "f1"}}, faults, name)
		_, file, err := r.Proof(t.Context(), "p1", "f1")
		assert.Error(t, err, name)
		assert.Empty(t, file, name)
		for _, back := range []string{"DELETE FROM manual_proofs", "INSERT INTO manual_proofs SELECT * FROM kept", "DROP TABLE kept"} {
			_, err = s.W.ExecContext(t.Context(), back)
			require.NoError(t, err)
		}
		r.sound()
	}
}

// A customer who is forgotten is named by no file either; the history stays.
func TestManual_Proofs_Forgotten(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		_, err := r.attach(owner, "p1", "f1", pdf("И. И. Иванов"))
		require.NoError(r, err)
		var changed []string
		require.NoError(r, r.store.Change(r.Context(), func(x store.Tx) (err error) { changed, err = x.ForgetPayer("c1"); return err }))
		require.Equal(r, []string{"p1"}, changed)
		all, err := r.Proofs(r.Context(), "p1")
		require.NoError(r, err)
		require.Len(r, all, 1)
		require.True(r, all[0].Gone)
		_, _, err = r.Proof(r.Context(), "p1", "f1")
		require.Equal(r, "manual.proof-gone", idOf(err))
		r.sound()

		to := second(r.T)
		require.Equal(r, 1, to.bring(r.whole()).Taken, "another backend takes it as it is")
		_, _, err = to.Proof(r.Context(), "p1", "f1")
		require.Equal(r, "manual.proof-gone", idOf(err))
	})
}

// bringFiles brings the files of an order's proofs, as a till does before the order.
func (r *room) bringFiles(from *room, order string) {
	r.Helper()
	all, err := from.Proofs(r.Context(), order)
	require.NoError(r, err)
	for _, p := range all {
		_, file, err := from.Proof(r.Context(), order, p.ID)
		require.NoError(r, err)
		require.NoError(r, r.TakeProof(r.Context(), owner.Till, order, p.Proof, file))
	}
}

func TestManual_Proofs_TakenOver(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.order("p1")
		_, err := from.attach(owner, "p1", "f1", pdf("раз"))
		require.NoError(r, err)
		_, err = r.TakeOver(r.Context(), owner.Till, from.whole())
		require.Equal(r, "manual.brought", idOf(err), "no order without its files")
		for range 2 { // what is cut off begins anew
			r.bringFiles(from, "p1")
		}
		r.sound()
		require.Equal(r, 1, r.bring(from.whole()).Taken)
		_, file, err := r.Proof(r.Context(), "p1", "f1")
		require.NoError(r, err)
		require.Equal(r, pdf("раз"), file)

		_, err = from.attach(owner, "p1", "f2", picture(r.T))
		require.NoError(r, err)
		r.bringFiles(from, "p1")
		require.Equal(r, 1, r.bring(from.whole()).Taken, "what happened since is added")
		all, err := r.Proofs(r.Context(), "p1")
		require.NoError(r, err)
		require.Len(r, all, 2)

		p := all[0].Proof
		require.Equal(r, "manual.request-taken", idOf(r.TakeProof(r.Context(), "t2", "p1", p, pdf("раз"))), "another till's order")
		require.Equal(r, "manual.request-taken", idOf(r.TakeProof(r.Context(), owner.Till, "p9", p, pdf("раз"))), "another order's proof")
		require.Equal(r, "manual.brought", idOf(r.TakeProof(r.Context(), owner.Till, "p1", p, pdf("два"))), "another file")
		for i := range pay.MostProofs {
			raw := pdf(fmt.Sprint(i))
			require.NoError(r, r.TakeProof(r.Context(), owner.Till, "never", pay.Proof{ID: fmt.Sprint("n", i), Kind: pay.ProofPDF, Size: int64(len(raw)), Digest: pay.Digest(raw)}, raw))
		}
		raw := pdf("ещё")
		err = r.TakeProof(r.Context(), owner.Till, "never", pay.Proof{ID: "n", Kind: pay.ProofPDF, Size: int64(len(raw)), Digest: pay.Digest(raw)}, raw)
		require.Equal(r, "manual.proofs-many", idOf(err))
	})
}

// Of two that attach the last file there is room for, one does.
func TestManual_Proofs_Race(t *testing.T) {
	engines(t, func(r *room) {
		r.order("p1")
		for i := range pay.MostProofs - 1 {
			_, err := r.attach(owner, "p1", fmt.Sprint("f", i), pdf(fmt.Sprint(i)))
			require.NoError(r, err)
		}
		var big bytes.Buffer
		require.NoError(r, png.Encode(&big, image.NewGray(image.Rect(0, 0, 300, 300))))
		errs := make(chan error, 4)
		for i := range cap(errs) {
			go func() {
				_, err := r.attach(owner, "p1", fmt.Sprint("last", i), big.Bytes())
				errs <- err
			}()
		}
		won := 0
		for range cap(errs) {
			if err := <-errs; err == nil {
				won++
			} else {
				assert.Equal(r, "manual.proofs-many", idOf(err))
			}
		}
		require.Equal(r, 1, won)
		r.sound()
	})
}

// A till that brings files and no orders does not fill the disk: it is bounded,
// whatever orders it names, another till is not, and what nothing followed is swept.
func TestManual_Proofs_Loose(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		from.order("p1")
		_, err := from.attach(owner, "p1", "f1", pdf("раз"))
		require.NoError(r, err)
		r.bringFiles(from, "p1")
		take := func(till, order, id string) error {
			raw := pdf(id)
			return r.TakeProof(r.Context(), till, order, pay.Proof{ID: id, Kind: pay.ProofPDF, Size: int64(len(raw)), Digest: pay.Digest(raw)}, raw)
		}
		for i := 1; i < pay.MostLoose; i++ {
			require.NoError(r, take(owner.Till, fmt.Sprint("never", i), fmt.Sprint("n", i)))
		}
		err = take(owner.Till, "never", "n")
		require.Equal(r, "manual.proofs-loose", idOf(err))
		require.Equal(r, pos.CodeLimit, pos.CodeOf(err))
		require.NoError(r, take(owner.Till, "never1", "n1"), "the same again is no change")
		require.NoError(r, take("t2", "never", "other"), "another till")
		require.Equal(r, 1, r.bring(from.whole()).Taken)
		require.NoError(r, take(owner.Till, "never", "n"), "once the order is here its file counts no more")
		require.Equal(r, "manual.proofs-loose", idOf(take(owner.Till, "never", "m")))

		r.clock.Move(24*time.Hour - time.Minute)
		r.due()
		require.Equal(r, "manual.proofs-loose", idOf(take(owner.Till, "never", "m")), "nothing is swept within a day")
		require.NoError(r, take("t2", "late", "late"))
		r.clock.Move(time.Hour + time.Minute)
		r.due()
		require.EqualValues(r, 1, r.loose(""), "the last that was brought stays for a day of its own")
		require.EqualValues(r, 1, r.loose("t2"))
		require.NoError(r, take(owner.Till, "never", "m"))
		r.clock.Move(26 * time.Hour)
		r.due()
		require.Zero(r, r.loose(""))
		_, file, err := r.Proof(r.Context(), "p1", "f1")
		require.NoError(r, err)
		require.Equal(r, pdf("раз"), file, "what belongs to an order stays")
		r.sound()
	})
}

// loose counts the files of a till that belong to no order, of all for "".
func (r *room) loose(till string) (n int64) {
	r.Helper()
	require.NoError(r, r.store.Look(r.Context(), func(x store.Tx) (err error) { n, err = x.LooseProofs(till); return err }))
	return n
}

// Files from before they were bounded get their day when the program begins.
func TestManual_Proofs_LooseFromBefore(t *testing.T) {
	engines(t, func(r *room) {
		require.NoError(r, r.store.Change(r.Context(), func(x store.Tx) error {
			_, err := x.AddProof(&store.Proof{ID: "f1", Order: "never", Loose: "?", Digest: pay.Digest(pdf("1")), At: r.Now(), File: pdf("1")})
			return err
		}))
		r.due()
		require.EqualValues(r, 1, r.loose(""))
		r.clock.Move(26 * time.Hour)
		r.due()
		require.Zero(r, r.loose(""))
	})
}

// Of an order that comes and a sweep at that moment one wins: no order is left without
// its file.
func TestManual_Proofs_SweptWhileTheirOrderComes(t *testing.T) {
	engines(t, func(r *room) {
		from := second(r.T)
		for i := range 8 {
			id := fmt.Sprint("p", i)
			from.order(id)
			_, err := from.attach(owner, id, "f"+id, pdf(id))
			require.NoError(r, err)
			r.bringFiles(from, id)
		}
		whole := from.whole()
		r.clock.Move(25 * time.Hour)
		swept := make(chan error, 1)
		go func() {
			swept <- r.store.Change(context.Background(), func(x store.Tx) error {
				_, err := x.SweepProofs(r.Now())
				return err
			})
		}()
		for i := range whole.Orders {
			_, err := r.TakeOver(r.Context(), owner.Till, pay.Handover{Merchants: whole.Merchants, Offers: whole.Offers, Orders: whole.Orders[i : i+1]})
			if err != nil {
				assert.Equal(r, "manual.brought", idOf(err))
			}
		}
		require.NoError(r, <-swept)
		r.sound()
		require.Zero(r, r.loose(""))
	})
}
