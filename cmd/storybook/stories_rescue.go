package main

import (
	"context"
	"time"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/ui/keys"
	"kassa/ui/rescue"
)

// stuck shows the screen of a till that cannot start.
func (b *book) stuck(why *pos.Error) *book {
	newKeeper(b)
	b.env.Till, b.env.Print = nil, nil
	p := rescue.Params{Env: b.env, Shop: b.set.Shop, Why: why, Keeper: b.keeper, Restart: func() {}, Quit: func() {},
		Best: &pos.Copy{Path: ownCopies + "/kassa-20261121-210000.000.db", At: b.Clock.Now().Add(-15 * time.Hour)},
		Anew: func(context.Context) error { return nil }}
	if why.ID == "secret.foreign" {
		p.Recover = func(context.Context, hidden.Text, string) (hidden.Text, error) {
			return hidden.Text{}, pos.E(pos.CodeForbidden, "recovery.wrong", pos.Args{"Left": 4})
		}
	}
	rescue.Show(p)
	return b
}

// gone is what is said of a home whose database is not there.
func (b *book) gone() *pos.Error {
	const dir = "/home/kassa/.config/kassa"
	return pos.E(pos.CodeConflict, "shop.gone", pos.Args{"Dir": dir, "Path": dir + "/kassa.db",
		"Copy": ownCopies + "/kassa-20261121-210000.000.db", "At": b.Clock.Now().Add(-15 * time.Hour)})
}

var foreignKeys = pos.E(pos.CodeUnavailable, "secret.foreign", pos.Args{"Dir": "/home/kassa/.local/share/kassa-secrets"})

var rescueStories = []story{
	{name: "rescue-gone", shows: "rescue", play: func(b *book) { b.stuck(b.gone()) }},
	{name: "rescue-keys", shows: "rescue", play: func(b *book) { b.stuck(foreignKeys) }},
	{name: "rescue-restore", shows: "backup.restore", play: func(b *book) { b.stuck(b.gone()).press("F5").press(keys.Enter) }},
	{name: "rescue-anew", shows: "rescue.anew", play: func(b *book) { b.stuck(b.gone()).press("F8") }},
	{name: "rescue-code", shows: "recovery.enter", play: func(b *book) { b.stuck(foreignKeys).press("F7") }},
	{name: "rescue-code-slip", shows: "recovery.enter", play: func(b *book) {
		b.stuck(foreignKeys).press("F7").typed("AC3DE").press(keys.Enter).typed("720541").press(keys.Enter).typed("720541").press(keys.Enter)
	}},
	{name: "recovery-ask", shows: "recovery.ask", play: func(b *book) { b.owner().menu("people").press("F6") }},
	{name: "recovery-code", shows: "recovery.code", play: func(b *book) {
		rescue.ShowCode(b.owner().env, b.set.Shop, hidden.New("4H7XA0CW3R9GEN52U1M6D8XRA"), func() {})
	}},
	{name: "recovery-code-haste", shows: "recovery.code", play: func(b *book) {
		rescue.ShowCode(b.owner().env, b.set.Shop, hidden.New("4H7XA0CW3R9GEN52U1M6D8XRA"), func() {})
		b.press(keys.Enter)
	}},
}
