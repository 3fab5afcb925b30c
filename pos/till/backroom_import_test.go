package till_test

import (
	"io"

	"kassa/pos"
	"kassa/pos/exports"
	"kassa/pos/imports"
	"kassa/pos/till"
	"kassa/storage/tables"
)

// bring imports a list held in memory, all of it or nothing.
func (b *backroom) bring(a pos.Actor, k imports.Kind, list string, dryRun bool) (*till.ImportReport, error) {
	return b.Import(b.ctx, a, till.Import{Kind: k, Open: imports.Text(list), DryRun: dryRun})
}

func (b *backroom) takeOut(a pos.Actor, what till.Exported, to io.Writer, f exports.Format) error {
	w, err := tables.NewWriter(to, f)
	if err != nil {
		return err
	}
	_, err = b.Export(b.ctx, a, till.Export{What: what}, w)
	return err
}
