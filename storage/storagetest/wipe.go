package storagetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"kassa/pos"
	"kassa/pos/person"
	"kassa/pos/till/store"
)

// forgetsTexts takes a person out of what is no card: slips, notes of other cards,
// cheques, events; and leaves alone what only looks like it.
func forgetsTexts(t *testing.T, f *fixture) {
	anna := pos.Customer{ID: "c-anna", Name: "Анна Смирнова", Phone: "+79160000001", CreatedAt: noon}
	wife := pos.Customer{ID: "c-wife", Name: "Вера", Note: "сестра Анны; Анна Смирнова, 8 916 000-00-01", CreatedAt: noon}
	slip := func(n int, state pos.PrintState, lines ...string) *pos.PrintJob {
		return &pos.PrintJob{ID: pos.PrintID(fmt.Sprint("p", n)), Kind: pos.PrintReceipt, Title: "Чек", Lines: lines, Copies: 1, State: state, At: noon}
	}
	event := pos.Event{N: 1, At: noon, Kind: pos.EventCashMoved, Detail: map[string]string{"reason": "сдача для Анна Смирнова", "amount": "5"}}
	event.Seal("")
	f.update(func(x store.Tx) error {
		for _, err := range []error{
			x.PutCustomer(&anna), x.PutCustomer(&wife), x.AppendEvent(&event),
			x.PutPrint(slip(1, pos.PrintDone, "Анна", "Смирнова")), x.PutPrint(slip(2, pos.PrintFailed, "тел. +7 916 000-00-01")),
			x.PutPrint(slip(3, pos.PrintFailed, "Анна Смирницкая")),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	})
	var p person.Traces
	p.Name(anna.Name)
	p.Phone(anna.Phone)
	f.update(func(x store.Tx) error {
		events, err := x.ForgetTexts([]pos.CustomerID{anna.ID}, &p)
		same(f, "events", events, []int64{1})
		return err
	})
	f.view(func(x store.Tx) error {
		c, err := x.Customer(wife.ID)
		if err != nil {
			return err
		}
		same(f, "a note", c.Note, "сестра Анны; •••, •••")
		all, err := x.Prints(false, 10)
		if err != nil {
			return err
		}
		for i, want := range []pos.PrintState{pos.PrintFailed, pos.PrintWithdrawn, pos.PrintDone} {
			same(f, "a slip's state", all[i].State, want)
			same(f, "a slip is forgotten", all[i].Forgotten(), want != pos.PrintFailed)
		}
		return x.EachEvent(0, func(e *pos.Event) error {
			same(f, "an event", e.Detail, map[string]string{"reason": "сдача для •••", "amount": "5", pos.DetailForgotten: "yes"})
			same(f, "its hash", e.Hash, event.Hash)
			return nil
		})
	})
	if err := f.store.Wipe(context.Background()); err != nil {
		t.Error(err)
	}
}

// forgetsPayments takes a person out of what the till knows of payments, and out of
// what it asks for.
func forgetsPayments(_ *testing.T, f *fixture) {
	paid := mirrored("p", "open", "c-anna", 0)
	paid.Body = []byte(`{"customerName":"Анна Смирнова","phone":"+79160000001","at":79160000001}`)
	asked := message(1, "o1", "p")
	asked.Kind, asked.Payload = pos.EventOrderAsked, []byte(`{"comment":"от Анна Смирнова"}`)
	var p person.Traces
	p.Name("Анна Смирнова")
	p.Phone("+79160000001")
	f.update(func(x store.Tx) error {
		if err := errors.Join(x.PutMirrored(&paid), x.Enqueue(asked)); err != nil {
			return err
		}
		_, err := x.ForgetTexts([]pos.CustomerID{"c-anna"}, &p)
		return err
	})
	f.view(func(x store.Tx) error {
		row, err := x.Mirrored(paid.Kind, paid.ID)
		if err != nil {
			return err
		}
		same(f, "a payment", string(row.Body), `{"customerName":"•••","phone":"•••","at":79160000001}`)
		told, err := x.OutboxMessage(asked.ID)
		if err != nil {
			return err
		}
		same(f, "what was asked", strings.TrimSpace(string(told.Payload)), `{"comment":"от •••"}`)
		return nil
	})
}
