package shell

import (
	"kassa/pos"
	"kassa/ui/receipts"
	"kassa/ui/waiting"
	"kassa/ui/widgets"
)

// This file is what the window does with sales that were set aside for a manual
// payment.

// HearDecided says what was decided elsewhere, to whoever is logged in: what nobody
// sees is kept until somebody is.
func (s *Shell) HearDecided() {
	if s.sale != nil {
		s.teller.Look()
	}
}

// onPaidAlone goes on after a sale finished by itself: whoever works at the till now
// works at something else, so it takes no key and no focus.
func (s *Shell) onPaidAlone(sold *pos.Sale) {
	receipts.PrintAlone(s.Env, sold)
	s.Env.Kit.Toast(s.Env.T("waiting.finished", pos.Args{"Number": sold.Number, "Sum": sold.Total}), widgets.Good)
	s.Env.Shown("waiting.finished", "id", string(sold.ID))
	s.refresh()
}

// finishWaiting finishes a sale that was set aside and is paid; refused hears why
// not.
func (s *Shell) finishWaiting(id pos.SaleID, refused func(error)) {
	waiting.Finish(s.Env, id, func(sold *pos.Sale, err error) {
		if err != nil {
			refused(err)
			return
		}
		s.onPaid(sold)
	})
}
