// Package stock is the window of the stock: its documents, and what moved the
// goods.
package stock

import (
	"errors"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
	"kassa/ui"
	"kassa/ui/keys"
)

// The actions of the window.
const (
	actReceive keys.ActionID = "stock.receive"
	actOff     keys.ActionID = "stock.writeoff"
	actCount   keys.ActionID = "stock.count"
	actKind    keys.ActionID = "stock.kind"
	actField   keys.ActionID = "stockdoc.field"
	actLine    keys.ActionID = "stockdoc.line"
	actRest    keys.ActionID = "stockdoc.rest"
	actDrop    keys.ActionID = "stockdoc.drop"
	actMoves   keys.ActionID = "stockdoc.moves"
	actReverse keys.ActionID = "stockdoc.reverse"
	actLabels  keys.ActionID = "stockdoc.labels"
	actPost    keys.ActionID = "stockdoc.post"
)

// DefineKeys names the actions of the windows about the stock.
func DefineKeys(r *keys.Router) {
	r.Define(
		keys.Action{ID: actReceive, Label: "key.stock.receive", Key: "F2"},
		keys.Action{ID: actOff, Label: "key.stock.writeoff", Key: "F3"},
		keys.Action{ID: actCount, Label: "key.stock.count", Key: "F4"},
		keys.Action{ID: actKind, Label: "key.stock.kind", Key: "F5"},
		keys.Action{ID: actField, Label: "key.stockdoc.field", Key: "F2"},
		keys.Action{ID: actLine, Label: "key.stockdoc.line", Key: "F8"},
		keys.Action{ID: actRest, Label: "key.stockdoc.rest", Key: "F4"},
		keys.Action{ID: actDrop, Label: "key.stockdoc.drop", Key: "Ctrl+Del"},
		keys.Action{ID: actMoves, Label: "key.stockdoc.moves", Key: "F7"},
		keys.Action{ID: actReverse, Label: "key.stockdoc.reverse", Key: "F6"},
		keys.Action{ID: actLabels, Label: "key.stockdoc.labels", Key: "Ctrl+B"},
		keys.Action{ID: actPost, Label: "key.stockdoc.post", Key: "F9"},
	)
}

// pageSize is how many documents are read at a time.
const pageSize = 200

// kindName is what a document of that kind is called.
func kindName(env *ui.Env, k pos.StockKind) string { return env.T("stock.name."+string(k), nil) }

// title names a document: its kind and its number, or that it is a draft.
func title(env *ui.Env, d *pos.StockDoc) string {
	name := kindName(env, d.Kind)
	if d.Reverses != "" {
		name = env.T("stock.name.reversal", pos.Args{"Name": name})
	}
	if !d.Posted() {
		return env.T("stock.title.draft", pos.Args{"Name": name})
	}
	return env.T("stock.title.posted", pos.Args{"Name": name, "Number": strconv.FormatInt(d.Number, 10)})
}

// about is what a list says of a document beside its name.
func about(d *pos.StockDoc) string {
	var parts []string
	for _, s := range []string{d.Supplier, d.Invoice, d.Category, d.Reason} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ", ")
}

// amount shows a quantity with its unit.
func amount(env *ui.Env, q money.Quantity, unit string) string {
	return strings.TrimSpace(env.Words.Money().Quantity(q) + " " + unit)
}

// signed is amount with the sign of what comes in.
func signed(env *ui.Env, q money.Quantity, unit string) string {
	text := amount(env, q, unit)
	if q > 0 {
		return "+" + text
	}
	return text
}

// sourceName is what moved goods.
func sourceName(env *ui.Env, m *till.ProductMove) string {
	switch {
	case m.Doc != "":
		return env.T("stock.title.posted", pos.Args{"Name": kindName(env, pos.StockKind(m.Source)), "Number": strconv.FormatInt(m.Number, 10)})
	case m.Number > 0:
		return env.T("stock.source.sale", pos.Args{"Number": strconv.FormatInt(m.Number, 10)})
	}
	return env.T("stock.source."+m.Source, nil)
}

// none tells that somebody typed a nought: nothing of the goods is there.
func none(text string) bool {
	text = strings.TrimSpace(text)
	return text != "" && strings.Trim(text, "0.,") == ""
}

// price reads a typed price; nothing typed is nothing told.
func price(text string) (money.Amount, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	a, err := money.ParseAmount(text)
	if err != nil {
		return 0, pos.Wrap(pos.CodeInvalid, "", err)
	}
	return a, nil
}

// markup is what a price adds to a cost, for the person who sets it; false while
// either is unknown.
func markup(cost, price money.Amount) (money.Percent, bool) {
	if cost <= 0 || price <= 0 || price > money.MaxAmount || cost > money.MaxAmount {
		return 0, false
	}
	share := (int64(price) - int64(cost)) * 100 / int64(cost)
	return money.Percent(share * 100), share <= 9999
}

func errorID(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return ""
}
