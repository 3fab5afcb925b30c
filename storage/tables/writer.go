package tables

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"io"
	"strings"

	"kassa/pos"
	"kassa/pos/exports"
)

// NewWriter writes a list to w as it comes, keeping nothing of it. CodeInvalid
// "export.format" for a format there is none of.
func NewWriter(w io.Writer, f exports.Format) (exports.Writer, error) {
	buffered := bufio.NewWriterSize(w, 64<<10)
	switch f {
	case exports.CSV:
		return newCSV(buffered), nil
	case exports.JSON:
		return &jsonWriter{w: buffered, open: "[", between: ",", end: "\n]\n", none: "[]\n"}, nil
	case exports.JSONL:
		return &jsonWriter{w: buffered}, nil
	case exports.XLSX:
		return newBook(buffered, maxSheetRows)
	}
	return nil, pos.E(pos.CodeInvalid, "export.format", pos.Args{"Format": string(f)})
}

// csvWriter writes the header with the first row. An empty list is an empty
// file but for its mark.
type csvWriter struct {
	w     *bufio.Writer
	csv   *csv.Writer
	begun bool
	line  []string
}

func newCSV(w *bufio.Writer) *csvWriter {
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	return &csvWriter{w: w, csv: out}
}

func (c *csvWriter) Row(cells []exports.Cell) error {
	if !c.begun {
		c.begun = true
		if _, err := c.w.WriteString("\uFEFF"); err != nil {
			return err
		}
		if err := c.write(cells, func(f exports.Cell) string { return f.Name }); err != nil {
			return err
		}
	}
	return c.write(cells, cellText)
}

func (c *csvWriter) write(cells []exports.Cell, text func(exports.Cell) string) error {
	c.line = c.line[:0]
	for _, f := range cells {
		c.line = append(c.line, text(f))
	}
	return c.csv.Write(c.line)
}

func (c *csvWriter) End() error {
	c.csv.Flush()
	if err := c.csv.Error(); err != nil {
		return err
	}
	return c.w.Flush()
}

// cellText keeps a spreadsheet from computing what a customer or supplier put
// into a name: such a text gets an apostrophe, which the import takes off.
func cellText(f exports.Cell) string {
	if f.Kind == exports.Text && f.Value != "" && strings.ContainsRune("=+-@\t\r", rune(f.Value[0])) {
		return "'" + f.Value
	}
	return f.Value
}

// jsonWriter writes every row as an object of texts, so that no reader rounds a
// sum.
type jsonWriter struct {
	w                        *bufio.Writer
	open, between, end, none string
	begun                    bool
}

func (j *jsonWriter) Row(cells []exports.Cell) error {
	lead := j.between
	if !j.begun {
		lead = j.open
	}
	if lead != "" {
		lead += "\n"
	}
	j.begun = true
	if _, err := j.w.WriteString(lead); err != nil {
		return err
	}
	for i, f := range cells {
		mark := ","
		if i == 0 {
			mark = "{"
		}
		name, _ := json.Marshal(f.Name)
		value, err := json.Marshal(f.Value)
		if err != nil {
			return err
		}
		if _, err := j.w.WriteString(mark + string(name) + ":" + string(value)); err != nil {
			return err
		}
	}
	if j.open == "" {
		_, err := j.w.WriteString("}\n")
		return err
	}
	return j.w.WriteByte('}')
}

func (j *jsonWriter) End() error {
	end := j.end
	if !j.begun {
		end = j.none
	}
	if _, err := j.w.WriteString(end); err != nil {
		return err
	}
	return j.w.Flush()
}
