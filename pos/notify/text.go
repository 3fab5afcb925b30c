package notify

import (
	"slices"
	"strings"

	"kassa/pos"
)

// Words says a text by its id.
type Words interface {
	T(id string, args pos.Args) string
}

// Named are what the text of the settings calls things by.
type Named struct {
	Organisation, TaxID string
	Day                 string            // of the copy, 2026-11-21
	Services, Outlets   map[string]string // names by code
}

// Text writes all settings of payments, invoices and lists as lines for people,
// as «Скопировать данные» puts them on the clipboard: a paragraph for each level
// and object, a line for each event, each way in it that is offered. What is set
// of a shop's day follows, where anything is.
func (s Settings) Text(d *Directory, n Named, w Words) string {
	t := texting{Settings: s, d: d, w: w}
	t.line(w.T("notify.text.title", pos.Args{"Name": n.Organisation, "TaxID": n.TaxID, "Day": n.Day}))
	for _, l := range Levels {
		t.level(l, "", "")
		names := map[Level]map[string]string{Service: n.Services, Outlet: n.Outlets}[l]
		for _, code := range t.objects(l) {
			t.level(l, code, names[code])
		}
	}
	return t.b.String()
}

type texting struct {
	Settings
	d *Directory
	w Words
	b strings.Builder
}

func (t *texting) line(text string) { t.b.WriteString(text + "\n") }

// objects are those with a cell of their own.
func (t *texting) objects(l Level) (codes []string) {
	for _, one := range t.Settings {
		if one.Level == l && one.Object != "" && !slices.Contains(codes, one.Object) {
			codes = append(codes, one.Object)
		}
	}
	slices.Sort(codes)
	return codes
}

func (t *texting) level(l Level, object, name string) {
	title := t.w.T("notify.level."+string(l), nil)
	if object != "" {
		title = t.w.T("notify.text.object."+string(l), pos.Args{"Code": object, "Name": name})
	}
	var lines []string
	for i, r := range Rows() {
		if r.Level != l {
			continue
		}
		var ways []string
		set := false
		for _, way := range r.Channels {
			one, ok := t.Of(Cell{l, object, r.Event, way})
			set = set || ok
			if ok || object == "" {
				ways = append(ways, t.w.T("notify.channel."+string(way), nil)+": "+t.value(&one))
			}
		}
		if set || object == "" && i < len(Matrix) {
			lines = append(lines, t.w.T("notify.event."+string(r.Event), nil)+" | "+strings.Join(ways, "; "))
		}
	}
	if len(lines) > 0 {
		t.line("[" + title + "]\n" + strings.Join(lines, "\n"))
	}
}

func (t *texting) value(s *Setting) string {
	switch {
	case s.Level == Buyer && s.On:
		return t.w.T("notify.text.on", nil)
	case s.Level == Buyer:
		return t.w.T("notify.text.off", nil)
	case s.URL != "":
		return s.URL + " (" + string(s.Version) + ")"
	case len(s.Recipients) == 0:
		return "—"
	}
	all := make([]string, len(s.Recipients))
	for i, id := range s.Recipients {
		if p, ok := t.d.Points[id]; ok && !p.Gone {
			all[i] = p.Address
		} else {
			all[i] = t.w.T("notify.contact-gone", nil)
		}
	}
	return strings.Join(all, ", ")
}
