package approval

import (
	"errors"
	"strings"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/till"
)

// choices are how many ready reasons there are, each with its F-key.
const choices = 4

// fitting are the ready reasons of each right: those somebody really has for it.
var fitting = map[pos.Right][choices]string{
	pos.RightLineDiscount:   discounts,
	pos.RightChequeDiscount: discounts,
	pos.RightPrice:          {"approval.reason.tag", "approval.reason.goods", "approval.reason.marked-down", "approval.reason.manager"},
	pos.RightRemove:         {"sale.remove.changed-mind", "sale.remove.mistake", "sale.remove.price", "sale.remove.damaged"},
	pos.RightCancel:         {"sale.cancel.left", "sale.cancel.no-money", "sale.cancel.mistake", "sale.cancel.test"},
	pos.RightReturn:         returns,
	pos.RightReturnOtherDay: returns,
	pos.RightReturnNoProof:  returns,
	pos.RightCorrectTender:  {"approval.reason.wrong-key", "approval.reason.terminal", "approval.reason.asked", "approval.reason.manager"},
	pos.RightSkipPoints:     codes,
	pos.RightSkipCredit:     codes,
	pos.RightSkipPhone:      codes,
	pos.RightCredit:         credit,
	pos.RightCreditLimit:    credit,
	pos.RightCashIn:         {"drawer.reason.change", "drawer.reason.extra", "approval.reason.mistake", "approval.reason.manager"},
	pos.RightCashOut:        {"drawer.reason.bank", "drawer.reason.supplier", "drawer.reason.needs", "approval.reason.manager"},
	pos.RightManualRefund:   returns,
	pos.RightOpenDrawer:     {"drawer.reason.change", "approval.reason.stuck", "approval.reason.checking", "approval.reason.manager"},
}

var (
	discounts = [choices]string{"approval.reason.customer", "approval.reason.goods", "approval.reason.promised", "approval.reason.manager"}
	returns   = [choices]string{"returns.reason.unfit", "returns.reason.faulty", "returns.reason.mind", "returns.reason.mistake"}
	codes     = [choices]string{"approval.reason.no-network", "approval.reason.no-phone", "approval.reason.customer", "approval.reason.manager"}
	credit    = [choices]string{"approval.reason.customer", "approval.reason.promised-pay", "approval.reason.asked", "approval.reason.manager"}
	others    = [choices]string{"approval.reason.asked", "approval.reason.mistake", "approval.reason.checking", "approval.reason.manager"}
)

// reasons are the ready reasons for what is asked.
func (m *model) reasons() [choices]string {
	if list, ok := fitting[m.what.Right]; ok {
		return list
	}
	return others
}

// model is what is asked.
type model struct {
	what till.Refused
	err  error // the refusal
	busy bool
	name string // of who asks
	// reason was asked by the action's own window, so it is not asked here; "" when
	// nobody gave one.
	reason string
}

// asksWhy tells that the reason has to be asked here.
func (m *model) asksWhy() bool { return m.reason == "" }

// sum is what is to be allowed, in its own currency.
func (m *model) sum(w *words.Words) string {
	if m.what.Currency != "" {
		return w.Money().In(m.what.Currency).Amount(m.what.Sum)
	}
	return w.Money().Amount(m.what.Sum)
}

// limit is the sentence on what the asker may do alone.
func (m *model) limit(w *words.Words) string {
	e, ok := errors.AsType[*pos.Error](m.err)
	if !ok {
		return ""
	}
	most, capped := e.Args["Cap"].(money.Amount)
	switch {
	case capped && most > 0:
		return w.T("approval.alone", pos.Args{"Cap": most})
	case capped:
		return w.T("approval.always", nil)
	case strings.HasPrefix(e.ID, "approval."), strings.HasPrefix(e.ID, "manual."):
		return w.Error(m.err)
	}
	return w.T("approval.never", nil)
}

// ask is what the till is asked for.
func (m *model) ask(pin, reason string) till.AskApproval {
	return till.AskApproval{Right: m.what.Right, Sum: m.what.Sum, Subject: m.what.Subject, PIN: pin, Reason: strings.TrimSpace(reason)}
}

// errorID names an error for Watch: the id of its words, or its code.
func errorID(err error) string {
	if e, ok := errors.AsType[*pos.Error](err); ok {
		return e.ID
	}
	return string(pos.CodeOf(err))
}
