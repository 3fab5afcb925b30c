// Package prints is the list of what was to be printed and did not come out. A
// slip is printed again only because somebody asks for it here.
package prints

import (
	"kassa/pos"
	"kassa/ui"
	"kassa/ui/widgets"
)

// most is how many slips the list shows.
const most = 200

// row is one slip as the list tells it.
type row struct {
	title, at, reason string
	state             string
	tone              widgets.Tone
}

// tell puts a job into words.
func tell(env *ui.Env, j *pos.PrintJob) row {
	r := row{title: j.Title, at: env.Words.DateTime(j.At), state: env.T("prints.state."+string(j.State), nil), tone: widgets.Neutral}
	switch j.State {
	case pos.PrintFailed:
		r.tone = widgets.Bad
	case pos.PrintUnknown:
		r.tone = widgets.Warn
	case pos.PrintDone:
		r.tone = widgets.Good
	}
	if err := j.Problem(); err != nil {
		r.reason = env.Words.Error(err)
	}
	return r
}

// count is how many of the jobs somebody has to look at.
func count(jobs []pos.PrintJob) (n int) {
	for i := range jobs {
		if jobs[i].State.Open() {
			n++
		}
	}
	return n
}
