package main

import (
	"context"
	"slices"
	"time"

	"kassa/pos"
	"kassa/pos/hidden"
	"kassa/pos/history"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui/keys"
	"kassa/ui/settings"
)

// keeper is the data behind the windows of care: canned.
type keeper struct {
	b    *book
	plan till.RestorePlan
}

func newKeeper(b *book) *keeper {
	at := b.Clock.Now()
	b.keeper = &keeper{b: b, plan: till.RestorePlan{File: ownCopies + "/kassa-20261120-180000.000.db",
		Holds: pos.CopyContents{Shop: b.set.Shop, Till: "1", Sales: 1284, LastSale: 1284, LastSaleAt: at.Add(-18 * time.Hour)},
		Epoch: 2, Lost: till.SalesAfter{Count: 7, Sum: money.Amount(431250)}}}
	return b.keeper
}

const ownCopies = "/home/kassa/.config/kassa/backups"

// Copies implements care.Keeper.
func (k *keeper) Copies(context.Context, pos.Actor) ([]pos.CopyFolder, error) {
	at := k.b.Clock.Now()
	list := func(folder, end string, sealed bool, n int) (out []pos.Copy) {
		for i := range n {
			out = append(out, pos.Copy{Path: folder + "/kassa-2026" + end, At: at.Add(-time.Duration(24*i+1) * time.Hour), Bytes: 18_400_000 - int64(i)*310_000,
				Sealed: sealed, Verified: true, Holds: &pos.CopyContents{Sales: int64(1291 - 44*i)}})
		}
		return out
	}
	folders := []pos.CopyFolder{
		{Folder: ownCopies, Own: true, Set: true, Copies: list(ownCopies, ".db", false, 4)},
		{Folder: "/media/kassa/COPIES", Set: true, Copies: list("/media/kassa/COPIES", ".db.age", true, 3)},
	}
	if k.b.backup != nil {
		folders = append(folders, pos.CopyFolder{Folder: "/media/kassa/STICK", Set: true,
			Err: pos.E(pos.CodeUnavailable, "backup.folder-missing", pos.Args{"Path": "/media/kassa/STICK"})})
	}
	return folders, nil
}

// MakeCopies implements care.Keeper.
func (k *keeper) MakeCopies(context.Context, pos.Actor) ([]pos.CopyResult, error) {
	if k.b.backup != nil {
		return nil, k.b.backup
	}
	return []pos.CopyResult{{Folder: ownCopies, Copy: &pos.Copy{Path: ownCopies + "/kassa-20261121-120102.000.db"}}}, nil
}

// Plan implements care.Keeper.
func (k *keeper) Plan(context.Context, pos.Actor, string, hidden.Text) (*till.RestorePlan, error) {
	return &k.plan, nil
}

// Place implements care.Keeper.
func (k *keeper) Place(context.Context, pos.Actor) (string, error) {
	return "/home/kassa/.config/kassa/aside-20261121-120102", nil
}

// Drop implements care.Keeper.
func (k *keeper) Drop() {}

// Missing implements care.Historian.
func (k *keeper) Missing() *history.Gap { return k.b.gap }

// GoOn implements care.Historian.
func (k *keeper) GoOn(context.Context, pos.Actor) (string, error) {
	k.b.gap = nil
	return "/home/kassa/.config/kassa/aside-20261121-120102", nil
}

// behind is a shop whose data is older than it has already been.
func (b *book) behind() *book {
	most := func(sales int64) history.Numbers {
		return history.Numbers{history.Sales: sales, history.Returns: 12, history.Shifts: 41}
	}
	b.gap = &history.Gap{
		Known: history.Witness{Kind: history.ByFile, Where: "/home/kassa/.local/share/kassa-secrets/witness-3fa9c2d17be04865",
			Standing: history.Standing{Epoch: 1, Entries: 1588, Events: 4120, Sale: 1291, Return: 12, Most: most(1291)}},
		Now: history.Standing{Epoch: 1, Entries: 1581, Events: 4099, Sale: 1284, Return: 12, Most: most(1284)},
	}
	return b
}

// Restart implements care.Keeper.
func (k *keeper) Restart() {}

// restoring names a copy, types the owner's PIN and looks at it.
func (b *book) restoring() *book {
	return b.owner().menu("backup").press("F8").typed(b.demo.Employees[0].PIN).press(keys.Enter)
}

var copyStories = []story{
	{name: "settings-copies", shows: "settings", play: func(b *book) {
		b.set.Backup = pos.BackupSettings{Folders: "/media/kassa/COPIES", Hours: 4, At: "21:30", OnClose: true, Keep: 30, Seal: pos.SealPassphrase}
		b.owner().settings(slices.Index(settings.Tabs(), settings.TabCopies))
	}},
	{name: "history-login", shows: "login", play: func(b *book) { b.behind().start() }},
	{name: "history", shows: "history", play: func(b *book) { b.behind().owner() }},
	{name: "history-sure", shows: "history", play: func(b *book) { b.behind().owner().press("F9") }},
	{name: "history-done", shows: "history", play: func(b *book) { b.behind().owner().press("F9").press("F9") }},
	{name: "history-cashier", shows: "history", play: func(b *book) { b.behind().login(pos.GroupCashier) }},
	{name: "backup-restore", shows: "backup.restore", play: func(b *book) { b.owner().menu("backup").press("F8") }},
	{name: "backup-restore-planned", shows: "backup.restore", play: func(b *book) { b.restoring() }},
	{name: "backup-restore-foreign", shows: "backup.restore", play: func(b *book) {
		b.keeper.plan.Foreign, b.keeper.plan.LostPINs = true, true
		b.restoring()
	}},
	{name: "backup-restore-done", shows: "backup.restore", play: func(b *book) { b.restoring().press("F9") }},
}
