package receipts

import (
	"kassa/pos"
	"kassa/ui"
	"kassa/ui/widgets"
)

// slip says beside what was stored whether its slip came out, so that nobody prints
// a second one.
type slip struct {
	env     *ui.Env
	news    *widgets.Banner
	dialog  *widgets.Dialog
	printed bool // asked for: the next one is a copy
}

func newSlip(env *ui.Env) *slip { return &slip{env: env, news: widgets.NewBanner("", widgets.Neutral)} }

// begin says how it stands when the window opens, and prints where the shop prints
// by itself.
func (s *slip) begin(print func(told func(*pos.PrintJob, error))) {
	switch {
	case !s.env.Print.Ready(): // nothing is promised where nothing prints
	case s.env.Print.Settings().Receipt == pos.PrintAlways:
		s.print(print)
	default:
		s.say("asked", nil, widgets.Neutral)
	}
}

// print prints the original.
func (s *slip) print(print func(told func(*pos.PrintJob, error))) {
	if s.printed = s.env.Print.Ready(); s.printed {
		s.say("printing", nil, widgets.Neutral)
	}
	print(s.told)
}

// told says how printing ended.
func (s *slip) told(j *pos.PrintJob, err error) {
	switch {
	case err != nil:
		s.say("failed", pos.Args{"Reason": err}, widgets.Bad)
	case j.State == pos.PrintUnknown:
		s.say("unknown", pos.Args{"Reason": j.Problem()}, widgets.Warn)
	case j.State.Open():
		s.say("failed", pos.Args{"Reason": j.Problem()}, widgets.Bad)
	default:
		s.say("printed", nil, widgets.Good)
	}
}

func (s *slip) say(id string, args pos.Args, tone widgets.Tone) {
	s.news.Set(s.env.T("receipts.slip."+id, args), tone)
	if s.dialog != nil && s.dialog.Shown() {
		s.dialog.Refresh()
	}
}
