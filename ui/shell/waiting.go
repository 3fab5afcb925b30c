package shell

import (
	"kassa/pos"
	"kassa/ui/waiting"
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
