package drawer

import (
	"kassa/pos"
	shiftreport "kassa/pos/report"
	"kassa/ui"
)

// PrintShift prints a shift's figures: the X report of an open shift, the Z
// report of a closed one.
func PrintShift(env *ui.Env, r *pos.ShiftReport) {
	if env.Print == nil {
		return
	}
	kind, id := pos.PrintZ, "print.z"
	if r.Shift.Open() {
		kind, id = pos.PrintX, "print.x"
	}
	w := env.Print.Words()
	env.Print.Slip(pos.PrintJob{Kind: kind, Doc: string(r.Shift.ID), Title: env.T(id, pos.Args{"Number": r.Shift.Number}),
		Lines: shiftreport.Lines(shiftreport.Shift(r, w.T, w.Money()), env.Print.Width())})
}
