package drawer

import (
	"kassa/assets/words"
	"kassa/pos"
	shiftreport "kassa/pos/report"
	"kassa/ui"
	"kassa/ui/savepdf"
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
	env.Print.Slip(pos.PrintJob{Kind: kind, Doc: string(r.Shift.ID), Title: env.T(id, pos.Args{"Number": r.Shift.Number}),
		Lines: lines(env.Print.Words(), r, env.Print.Width())})
}

// SaveShift saves a shift's figures as a PDF.
func SaveShift(env *ui.Env, r *pos.ShiftReport) {
	id := "print.z"
	if r.Shift.Open() {
		id = "print.x"
	}
	savepdf.Slip(env, env.T(id, pos.Args{"Number": r.Shift.Number}), lines(env.Words, r, env.Till.Settings().Width))
}

func lines(w *words.Words, r *pos.ShiftReport, width int) []string {
	return shiftreport.Lines(shiftreport.Shift(r, w.T, w.Money()), width)
}
