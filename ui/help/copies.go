package help

// The list of copies as it comes to be with what stands in the form.

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"kassa/pos"
	"kassa/ui/theme"
	"kassa/ui/widgets"
)

// mostRows bounds the list of copies in a picture.
const mostRows = 5

// copies lists the last copies, and says what the setting in hand stands at.
func (p *painter) copies() fyne.CanvasObject {
	b, w, t := &p.set.Backup, p.env.Words.In(time.UTC), p.env.T
	box := widgets.VBox(theme.GapSmall)
	for _, at := range p.moments() {
		for i, folder := range append([]string{t("copies.own", nil)}, b.FolderList()...) {
			state := "copies.state.verified"
			if i > 0 && b.Seal != pos.SealNone {
				state = "copies.state.sealed"
			}
			if len(box.Objects) < mostRows {
				box.Add(widgets.HBox(theme.GapSmall, widgets.FixedWidth(132, widgets.NewText(w.DateTime(at), widgets.Small).Ellipsis()),
					widgets.Grow(widgets.NewText(folder, widgets.Small).Ellipsis()), widgets.NewText(t(state, nil), widgets.SmallMuted)))
			}
		}
	}
	if len(box.Objects) == 0 {
		box.Add(p.off())
	}
	box.Add(widgets.NewSeparator())
	name := "settings.field." + p.key
	if now := p.form.Say(p.key); now != "" && !strings.Contains(now, "\n") && p.key != "backup.folders" {
		box.Add(widgets.KeyValue(t(name, nil), now, widgets.Small).Box)
	} else {
		box.Objects = box.Objects[:len(box.Objects)-1]
	}
	return widgets.NewCard(box)
}

// moments are when the last copies were made, the newest first.
func (p *painter) moments() []time.Time {
	b := &p.set.Backup
	evening := p.noon().Add(-15 * time.Hour) // yesterday at 21:00
	var all []time.Time
	if h, m, ok := pos.ParseTimeOfDay(b.At); ok {
		all = append(all, p.noon().Add(-36*time.Hour+time.Duration(h)*time.Hour+time.Duration(m)*time.Minute))
	}
	if b.Hours > 0 {
		for n := range 2 {
			all = append(all, p.noon().Add(-time.Duration(n*b.Hours)*time.Hour))
		}
	}
	if b.OnClose {
		all = append(all, evening.Add(5*time.Minute))
	}
	slices.SortFunc(all, func(a, b time.Time) int { return b.Compare(a) })
	return slices.Compact(all)
}
