package tables

// The contents of a workbook: which parts are its sheets, and which sheet holds
// the list.

import (
	"encoding/xml"
	"path"
	"strconv"
	"strings"

	"kassa/pos"
	"kassa/pos/imports"
)

// relation is one part another leads to.
type relation struct{ kind, target string }

// relations are those of a part by their ids, of the whole book for "".
func (b *book) relations(of string) (map[string]relation, error) {
	dir, name := path.Split(of)
	all := map[string]relation{}
	err := b.walk(path.Join(dir, "_rels", name+".rels"), func(_ []string, e xml.StartElement) {
		target := strings.ReplaceAll(attr(e, "Target"), `\`, "/")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(dir, target)
		}
		all[attr(e, "Id")] = relation{path.Base(attr(e, "Type")), partName(target)}
	})
	return all, err
}

// readContents finds the sheets, the shared texts, the styles and the first day.
func (b *book) readContents() error {
	main := "xl/workbook.xml"
	top, err := b.relations("")
	if err != nil {
		return err
	}
	for _, r := range top {
		if r.kind == "officeDocument" {
			main = r.target
		}
	}
	if strings.HasSuffix(strings.ToLower(main), ".bin") {
		return pos.E(pos.CodeInvalid, "table.old-excel", nil)
	}
	dir := path.Dir(main)
	targets, err := b.relations(main)
	if err != nil {
		return err
	}
	styles := path.Join(dir, "styles.xml")
	b.texts.part = path.Join(dir, "sharedStrings.xml")
	for _, r := range targets {
		switch r.kind {
		case "sharedStrings":
			b.texts.part = r.target
		case "styles":
			styles = r.target
		}
	}
	if err := b.readSheets(main, targets); err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return pos.E(pos.CodeInvalid, "table.not-excel", nil)
	}
	return b.readStyles(styles)
}

// readSheets lists the sheets of cells; those of a chart alone are none.
func (b *book) readSheets(main string, targets map[string]relation) error {
	b.since = days1900
	nth := 0
	return b.walk(main, func(at []string, e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			if isTrue(attr(e, "date1904")) {
				b.since = days1904
			}
		case "sheet":
			nth++
			id := ""
			for _, a := range e.Attr {
				if a.Name.Local == "id" && a.Name.Space != "" {
					id = a.Value
				}
			}
			r, known := targets[id]
			if !known && len(targets) == 0 { // a program that does not say which part it is
				r.target = path.Join(path.Dir(main), "worksheets", "sheet"+strconv.Itoa(nth)+".xml")
			}
			hidden := strings.HasSuffix(strings.ToLower(attr(e, "state")), "hidden")
			if r.target != "" && !strings.HasSuffix(r.kind, "chartsheet") && !strings.HasSuffix(r.kind, "dialogsheet") && !strings.HasSuffix(r.kind, "acrosheet") {
				b.sheets = append(b.sheets, sheetPart{imports.Sheet{Name: attr(e, "name"), Hidden: hidden}, r.target})
			}
		}
	})
}

func isTrue(text string) bool { return text == "1" || strings.EqualFold(text, "true") }

// Of how many sheets the beginning is looked at, and how many of their rows.
const (
	lookSheets = 40
	lookRows   = 60
)

// choose takes the sheet to read and notes which sheets hold a list.
func (b *book) choose(name string) (sheetPart, error) {
	var sheets []imports.Sheet
	var shapes []shape
	for i, s := range b.sheets {
		found := shape{}
		if !s.Hidden && i < lookSheets {
			found = b.shapeOf(s)
		}
		sheets, shapes = append(sheets, s.Sheet), append(shapes, found)
	}
	markTables(sheets, shapes)
	for i, s := range sheets {
		b.sheets[i].Sheet = s
	}
	at, err := pick(sheets, name)
	if err != nil {
		return sheetPart{}, err
	}
	return b.sheets[at], nil
}

// pick takes the sheet asked for, else the first of those a person sees that
// holds a list; a cover of a few words is passed over.
func pick(sheets []imports.Sheet, name string) (int, error) {
	first := -1
	for i, s := range sheets {
		switch {
		case name != "" && name == s.Name, name == "" && s.Table:
			return i, nil
		case first < 0 && !s.Hidden:
			first = i
		}
	}
	if name != "" || len(sheets) == 0 {
		return 0, pos.E(pos.CodeNotFound, "table.no-sheet", pos.Args{"Sheet": name})
	}
	return max(first, 0), nil
}

// markTables notes which of the sheets a person sees hold a list; the only one
// always does.
func markTables(sheets []imports.Sheet, shapes []shape) {
	only, visible := -1, 0
	for i, s := range sheets {
		if s.Hidden {
			shapes[i] = shape{}
			continue
		}
		only = i
		visible++
	}
	for i, is := range tablesAmong(shapes) {
		sheets[i].Table = is
	}
	if visible == 1 {
		sheets[only].Table = true
	}
}

// shape is what the beginning of a sheet looks like.
type shape struct {
	rows  int // of two cells and more
	width int // the most cells of at least two rows
}

// shapeOf reads the beginning of a sheet. What is wrong with it, whoever wants
// this sheet will be told.
func (b *book) shapeOf(s sheetPart) shape {
	part, err := b.open(s)
	if err != nil {
		return shape{}
	}
	defer part.part.Close()
	var widths []int
	for range lookRows {
		cells, _, err := part.Next()
		if err != nil {
			break
		}
		widths = append(widths, filled(cells))
	}
	return shapeBy(widths)
}

func filled(cells []string) int {
	n := 0
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			n++
		}
	}
	return n
}

func shapeBy(widths []int) shape {
	var s shape
	most := 0
	for _, w := range widths {
		if w < 2 {
			continue
		}
		s.rows++
		s.width = max(s.width, min(most, w))
		most = max(most, w)
	}
	return s
}

// tablesAmong tells which sheets hold a list: two rows of two cells and more. Of
// several, a narrow and short one beside a wide one is a cover or a legend.
func tablesAmong(shapes []shape) []bool {
	widest := 0
	for _, s := range shapes {
		widest = max(widest, s.width)
	}
	is := make([]bool, len(shapes))
	for i, s := range shapes {
		is[i] = s.rows >= 2 && s.width >= 2 && (s.width > 2 || widest == 2 || s.rows >= 20)
	}
	return is
}
