package care

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/seal"
	"kassa/pos/till"
	"kassa/ui"
)

// sealState is how a record is wrong, in words.
func sealState(env *ui.Env, b *till.BrokenSeal) string {
	switch {
	case b.ID == "":
		return env.T("seal.state.count", nil)
	case b.Seal == pos.SealMissing:
		return env.T("seal.state.missing", nil)
	}
	return env.T("seal.state.broken", nil)
}

// sealName is what a person calls the record.
func sealName(env *ui.Env, b *till.BrokenSeal) string {
	kind := env.Words.Value(b.Kind)
	if b.ID == "" || b.Kind == pos.SealSettings {
		return kind
	}
	return kind + ": " + env.Words.Value(b.Kind.Called(b.Name))
}

// sealFacts are the fields of a record as they are stored now, a line each.
func sealFacts(env *ui.Env, b *till.BrokenSeal) []string {
	var lines []string
	for _, f := range b.Fields {
		value := sealValue(env, f)
		if b.Kind == pos.SealSettings {
			value = env.T("seal.nothing", nil)
			if f.Value != "" {
				value = f.Value
			}
			value = f.Was + " › " + value
		}
		lines = append(lines, sealLabel(env, b.Kind, f.Name)+": "+value)
	}
	return lines
}

func sealLabel(env *ui.Env, kind pos.SealKind, field string) string {
	if kind != pos.SealSettings {
		return env.T("seal.field."+field, nil)
	}
	if env.Words.Has("settings.field." + field) {
		return env.T("settings.field."+field, nil)
	}
	return field
}

// sealValue writes a stored value as the other screens do.
func sealValue(env *ui.Env, f seal.Field) string {
	if f.Value == "" {
		return env.T("seal.nothing", nil)
	}
	n, err := strconv.ParseInt(f.Value, 10, 64)
	if err != nil {
		return sealText(env, f)
	}
	switch f.Name {
	case "credit_limit", "price", "cost", "amount":
		return env.Words.Value(money.Amount(n))
	case "earn_rate", "points_share":
		return env.Words.Value(money.Percent(n))
	case "vat":
		if n >= 0 {
			return env.Words.Value(money.Percent(n))
		}
		return env.T("seal.no", nil)
	case "phone_confirmed", "archived", "on":
		if n != 0 {
			return env.T("seal.yes", nil)
		}
		return env.T("seal.no", nil)
	case "phone_changed_at", "phone_held_until", "erased_at", "made_at", "expires", "issued_at":
		return env.Words.DateTime(time.UnixMilli(n))
	}
	return f.Value
}

func sealText(env *ui.Env, f seal.Field) string {
	if f.Name != "rights" {
		return f.Value
	}
	var names []string
	for _, r := range strings.Fields(f.Value) {
		names = append(names, env.Words.Value(pos.Right(r)))
	}
	return strings.Join(names, ", ")
}

// sealTold is what the audit trail told of a record, a line each.
func sealTold(env *ui.Env, b *till.BrokenSeal) []string {
	var lines []string
	for _, e := range b.Told {
		var facts []string
		for _, key := range slices.Sorted(maps.Keys(e.Detail)) {
			facts = append(facts, key+" = "+e.Detail[key])
		}
		lines = append(lines, env.Words.DateTime(e.At)+" "+string(e.Kind)+" "+strings.Join(facts, ", "))
	}
	return lines
}
