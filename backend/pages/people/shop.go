package people

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"kassa/backend"
	"kassa/backend/pages"
	rooms "kassa/backend/people"
	"kassa/pos"
)

// The pages that show the shop: its tills, a day of sales, what is odd.
var (
	tillsPage = page("tills")
	salesPage = page("sales")
	casesPage = page("cases")
)

// number reads a whole number of a form that one of our pages made.
func number(text string) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, pos.Wrap(pos.CodeInvalid, "pages.form-hurt", err)
	}
	return n, nil
}

// quiet is how long a till may say nothing before it is worth a look.
const quiet = 30 * time.Minute

// tillLine is a till as a page shows it.
type tillLine struct {
	backend.Till
	Quiet bool
}

// tills shows the tills with their last contact and what waited there.
func (p *Pages) tills(v *visit) {
	all, err := p.b.ListTills(v.r.Context())
	if err != nil {
		p.refuse(v, err)
		return
	}
	g := p.newPage(v, Root+"tills", "peoplepage.tills")
	var lines []tillLine
	for _, t := range all {
		lines = append(lines, tillLine{t, t.Revoked.IsZero() && p.b.Now().Sub(t.Seen) > quiet})
	}
	g.Data = lines
	p.show(v, tillsPage, g, nil)
}

// soldDay is a day as a page shows it.
type soldDay struct {
	*backend.Day
	At           time.Time
	Date         string
	Before, Next string // the days beside it; none after today
}

// sales shows what was sold on a day of the shop, today unless another is asked for.
func (p *Pages) sales(v *visit) {
	now := p.b.Now().In(p.Zone)
	day := startOf(now)
	g := p.newPage(v, Root+"sales", "peoplepage.sales")
	var fault error
	if asked := v.r.URL.Query().Get("day"); asked != "" {
		at, err := p.day(asked)
		if fault = err; err == nil {
			day = at
		}
	}
	sold, err := p.b.SoldWithin(v.r.Context(), day, day.AddDate(0, 0, 1))
	if err != nil {
		p.refuse(v, err)
		return
	}
	d := soldDay{Day: sold, At: day, Date: day.Format(time.DateOnly), Before: day.AddDate(0, 0, -1).Format(time.DateOnly)}
	if next := day.AddDate(0, 0, 1); !next.After(now) {
		d.Next = next.Format(time.DateOnly)
	}
	g.Data = d
	p.show(v, salesPage, g, fault)
}

func startOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// caseLine is an exception case as a page shows it.
type caseLine struct {
	backend.Case
	What, TillName, Details string
}

// caseList is what the page of cases shows.
type caseList struct {
	Cases   []caseLine
	Settles bool
	ID      string // of the case whose note was typed
	Note    string
}

func (p *Pages) cases(v *visit) { p.showCases(v, caseList{}, nil) }

func (p *Pages) showCases(v *visit, l caseList, fault error) {
	all, err := p.b.ListCases(v.r.Context())
	if err != nil {
		p.refuse(v, err)
		return
	}
	tills, err := p.b.ListTills(v.r.Context())
	if err != nil {
		p.refuse(v, err)
		return
	}
	names := map[string]string{}
	for _, t := range tills {
		names[t.ID] = t.Name
	}
	g := p.newPage(v, Root+"cases", "peoplepage.cases")
	l.Settles = rooms.MaySettle(&v.in.Person)
	for _, c := range all {
		line := caseLine{Case: c, What: g.Words().T("backend.case."+string(c.Kind), nil), TillName: names[c.Till]}
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(c.Detail)) {
			parts = append(parts, fmt.Sprintf("%s=%v", name, c.Detail[name]))
		}
		line.Details = strings.Join(parts, ", ")
		l.Cases = append(l.Cases, line)
	}
	g.Data = l
	p.show(v, casesPage, g, fault)
}

// settle notes that somebody knows of a case, or saw to it.
func (p *Pages) settle(v *visit) {
	f, err := p.Form(v.w, v.r, pages.MostForm)
	if err != nil {
		p.refuse(v, err)
		return
	}
	by, do := v.in.Person.Email, f.Get("do")
	switch {
	case !rooms.MaySettle(&v.in.Person):
		err = pos.E(pos.CodeForbidden, "person.level-low", nil)
	case do == "case-seen":
		err = p.b.SeeCase(v.r.Context(), f.Get("case"), by)
	case do == "case-settled":
		err = p.b.CloseCase(v.r.Context(), f.Get("case"), by, oneLine(f.Get("note")))
	default:
		err = pos.E(pos.CodeInvalid, "pages.form-hurt", nil)
	}
	if err != nil {
		p.showCases(v, caseList{ID: f.Get("case"), Note: f.Get("note")}, err)
		return
	}
	done(v.w, v.r, Root+"cases", do)
}
