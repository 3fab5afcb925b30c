package upkeep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/seal"
	"kassa/pos/till/clients"
)

// metaSealed holds since when every record that guards money carries a seal, in
// Unix milliseconds.
const metaSealed = "seals.since"

// BeginSeals looks whether the records that guard money were ever sealed, and
// seals them when they were not: a shop of the version before, once. known is
// what the last call returned, kept outside the database, "" for never: whoever
// takes the seals out of the file does not get them made anew. The answer is to be
// kept there.
func (t *Till) BeginSeals(ctx context.Context, known string) (since string, err error) {
	if since, err = t.sealedSince(ctx); err != nil {
		return "", err
	}
	if since == "" && known == "" {
		return t.sealFirst(ctx)
	}
	t.desk.Store.SealsDemanded()
	if since != "" {
		return since, nil
	}
	return known, t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error { return o.PutMeta(metaSealed, known) })
}

// SealsBegun reports that the data was sealed once, and has a record without a
// seal looked at as a broken one if so. A copy may be older than the seals.
func (t *Till) SealsBegun(ctx context.Context) (bool, error) {
	since, err := t.sealedSince(ctx)
	if since != "" {
		t.desk.Store.SealsDemanded()
	}
	return since != "", err
}

// SealsRead reports that seals are looked at: the secret behind them is here.
func (t *Till) SealsRead() bool { return t.desk.Seals != nil }

// SealsForeign reports that the seals were made under another secret: of what a
// shop has a handful of, not one fits.
func (t *Till) SealsForeign(ctx context.Context) (foreign bool, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		stand, err := o.Seals(true, func(*seal.Record) error { return nil })
		if err == nil {
			foreign = stand.Foreign
		}
		return err
	})
	return foreign, err
}

// sealedSince asks the data, then the audit trail: it cannot be made to forget.
func (t *Till) sealedSince(ctx context.Context) (since string, err error) {
	err = t.desk.Look(ctx, pos.Actor{}, "", func(o *op) error {
		if since, err = o.Meta(metaSealed); err != nil || since != "" {
			return err
		}
		return o.EachEvent(0, func(e *pos.Event) error {
			if e.Kind == pos.EventSealsBegun {
				since = strconv.FormatInt(e.At.UnixMilli(), 10)
			}
			return nil
		})
	})
	return since, err
}

// sealFirst seals what a version without seals left behind, and a shop that has
// nothing yet.
func (t *Till) sealFirst(ctx context.Context) (since string, err error) {
	n, err := t.desk.Store.SealAll(ctx)
	if err != nil {
		return "", t.desk.Told(err)
	}
	err = t.desk.Change(ctx, pos.Actor{}, "", func(o *op) error {
		since = strconv.FormatInt(o.At.UnixMilli(), 10)
		if err := o.PutMeta(metaSealed, since); err != nil || n == 0 {
			return err
		}
		return o.Note(pos.EventSealsBegun, "", map[string]string{"records": strconv.FormatInt(n, 10)})
	})
	if err != nil {
		return "", err
	}
	t.desk.Store.SealsDemanded()
	return since, nil
}

// SealEverything seals every record as it is stored now, whatever it said before:
// after the secret behind the seals was lost and a new one made. why says so in
// the audit trail. It needs the right to restore.
func (t *Till) SealEverything(ctx context.Context, a pos.Actor, why string) error {
	if err := t.Demand(ctx, a, pos.RightRestore); err != nil {
		return err
	}
	n, err := t.desk.Store.SealAll(ctx)
	if err != nil {
		return t.desk.Told(err)
	}
	err = t.desk.Change(ctx, a, "", func(o *op) error {
		since, err := o.Meta(metaSealed)
		if err == nil && since == "" {
			err = o.PutMeta(metaSealed, strconv.FormatInt(o.At.UnixMilli(), 10))
		}
		if err != nil {
			return err
		}
		if err := o.sealSettings(nil); err != nil {
			return err
		}
		return o.Note(pos.EventSealsRenewed, "", map[string]string{"records": strconv.FormatInt(n, 10), "why": why})
	})
	if err == nil {
		t.desk.Store.SealsDemanded()
	}
	return err
}

// BrokenSeal is a record whose seal is not whole, beside what the audit trail
// told of it last, newest first.
type BrokenSeal struct {
	seal.Record
	Told []pos.Event
	Seen string // to be handed to SealAgain: what was looked at
}

// toldOf is how many events about a record are shown beside it.
const toldOf = 5

// BrokenSeals lists the records that guard money and were changed past the till.
// It needs the right to check the data.
func (t *Till) BrokenSeals(ctx context.Context, a pos.Actor) (list []BrokenSeal, stand *seal.Stand, err error) {
	err = t.desk.Look(ctx, a, pos.RightVerify, func(o *op) error {
		list = nil
		if stand, err = o.Seals(false, func(r *seal.Record) error {
			list = append(list, BrokenSeal{Record: *r, Seen: seen(r)})
			return nil
		}); err != nil {
			return err
		}
		outside, err := o.outsideSettings()
		if err != nil {
			return err
		}
		if outside != nil {
			list = append(list, BrokenSeal{Record: *outside, Seen: seen(outside)})
		}
		if since, err := o.Meta(metaSealed); err == nil {
			if n, err := strconv.ParseInt(since, 10, 64); err == nil {
				stand.Since = time.UnixMilli(n).UTC()
			}
		}
		for i := range list {
			if list[i].ID == "" {
				continue
			}
			if list[i].Told, err = o.Tx.Events(list[i].ID, toldOf); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	return list, stand, nil
}

// seen is the fingerprint of a record as somebody looked at it.
func seen(r *seal.Record) string {
	h := sha256.Sum256(fmt.Append(nil, r.Kind, "\x00", r.ID, "\x00", r.Seal, "\x00", r.Fields))
	return hex.EncodeToString(h[:8])
}

// SealAgain seals a record as it is stored now, which is recorded: whoever looked
// at it says that it may stay so. as is BrokenSeal.Seen; CodeConflict when the
// record was changed since. A customer's number is held for pos.PhoneHold, and
// counts as not confirmed. It needs the right to restore, for settings that to
// change settings.
func (t *Till) SealAgain(ctx context.Context, a pos.Actor, kind pos.SealKind, id, as string) error {
	right := pos.RightRestore
	if kind == pos.SealSettings {
		right = pos.RightSettings
	}
	return t.desk.Change(ctx, a, right, func(o *op) error {
		r, err := o.sealedRecord(kind, id)
		if err != nil {
			return err
		}
		switch {
		case r.Seal == pos.SealWhole:
			return pos.E(pos.CodeConflict, "seal.whole", pos.Args{"Name": kind.Called(r.Name)})
		case as != seen(r):
			return pos.E(pos.CodeConflict, "seal.moved-on", pos.Args{"Name": kind.Called(r.Name)})
		}
		if kind == pos.SealSettings {
			err = o.confirmSettings()
		} else {
			err = o.Tx.SealAgain(kind, id)
		}
		if err != nil {
			return err
		}
		detail := sealedDetail(r)
		switch {
		case kind == pos.SealCustomer && id != "":
			err = o.holdAgain(pos.CustomerID(id))
		case kind == pos.SealProduct && id != "":
			err = o.pricesAgain(pos.ProductID(id))
		}
		if err != nil {
			return err
		}
		return o.Note(pos.EventSealed, id, detail)
	})
}

// sealedRecord is a record as it stands, the settings too.
func (o *op) sealedRecord(kind pos.SealKind, id string) (*seal.Record, error) {
	if kind != pos.SealSettings {
		return o.SealedRecord(kind, id)
	}
	r, err := o.outsideSettings()
	if err == nil && r == nil {
		r = &seal.Record{Kind: kind, ID: id, Name: "config.toml"}
	}
	return r, err
}

// sealedDetail is what the trail keeps of a record that was sealed again: every
// field, with the phone masked; what was told of it before is compared with these
// from now on.
func sealedDetail(r *seal.Record) map[string]string {
	detail := map[string]string{pos.DetailSealKind: string(r.Kind)}
	if r.Seal == pos.SealMissing {
		detail["missing"] = "1"
	}
	for _, f := range r.Fields {
		switch {
		case r.Kind == pos.SealCustomer && f.Name == "phone":
			f.Value = clients.MaskPhone(f.Value)
		case r.Kind == pos.SealCustomer && f.Name == "card", f.Name == "pin", r.Kind == pos.SealEmployee && f.Name == "name":
			continue
		}
		detail[f.Name] = f.Value
	}
	return detail
}

// holdAgain keeps a number from being used that nobody was asked about.
func (o *op) holdAgain(id pos.CustomerID) error {
	c, err := o.Customer(id)
	if err != nil || c.Phone == "" {
		return err
	}
	c.PhoneConfirmed, c.PhoneHeldUntil = false, o.Steady.Add(pos.PhoneHold)
	return o.PutCustomer(c)
}

// pricesAgain writes down that the price and the cost of goods are now what
// somebody left them at.
func (o *op) pricesAgain(id pos.ProductID) error {
	p, err := o.Product(id)
	if err != nil {
		return err
	}
	last := map[pos.PriceKind]pos.PriceChange{}
	history, err := o.PriceHistory(id, 1000)
	if err != nil {
		return err
	}
	for _, c := range history {
		if _, ok := last[c.What]; !ok {
			last[c.What] = c
		}
	}
	for what, now := range map[pos.PriceKind]pos.PriceChange{
		pos.PriceSelling: {Product: id, What: pos.PriceSelling, To: p.Price}, pos.PriceCost: {Product: id, What: pos.PriceCost, To: p.Cost},
	} {
		was, ok := last[what]
		if !ok || was.To == now.To {
			continue
		}
		now.From, now.Doc, now.Employee, now.At = was.To, "seal:"+o.NewID(), o.Actor.ID, o.At
		if err := o.PutPriceChange(&now); err != nil {
			return err
		}
	}
	return nil
}
