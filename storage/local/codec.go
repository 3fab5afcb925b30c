package local

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/money"
	"kassa/storage/sqlite"
)

// ms is how a time is stored: Unix milliseconds, nil for the zero time.
func ms(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// stamp scans what ms stored.
type stamp struct{ t *time.Time }

func at(t *time.Time) stamp { return stamp{t} }

// Scan implements sql.Scanner.
func (s stamp) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		*s.t = time.Time{}
	case int64:
		*s.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("a time is stored as %T", v)
	}
	return nil
}

// asRead is a time as it comes back: ms and back again.
func asRead(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return time.UnixMilli(t.UnixMilli()).UTC()
}

// null stores "" as NULL, for columns that are unique where they are set.
func null(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func bit(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// flagBits packs the flags of a line; catalogue columns keep them apart.
func flagBits(f pos.ProductFlags) int64 {
	return bit(f.Weighed) | bit(f.AskPrice)<<1 | bit(f.NoEarn)<<2 | bit(f.NoPoints)<<3 | bit(f.NoOffers)<<4
}

func flagsOf(n int64) pos.ProductFlags {
	return pos.ProductFlags{Weighed: n&1 != 0, AskPrice: n&2 != 0, NoEarn: n&4 != 0, NoPoints: n&8 != 0, NoOffers: n&16 != 0}
}

// typed is one value of pos.Args with the kind that says how to show it.
type typed struct {
	Kind  string `json:"k"`
	Text  string `json:"t,omitempty"`
	Whole int64  `json:"n,omitempty"`
}

// packArgs keeps the values of a translated message with their types, since
// the types decide how a reader sees them. A kind it does not know is kept as
// its text.
func packArgs(a pos.Args) (string, error) {
	if len(a) == 0 {
		return "", nil
	}
	out := make(map[string]typed, len(a))
	for k, v := range a {
		out[k] = packArg(v)
	}
	b, err := json.Marshal(out)
	return string(b), err
}

func packArg(v any) typed {
	switch v := v.(type) {
	case string:
		return typed{Kind: "text", Text: v}
	case int:
		return typed{Kind: "int", Whole: int64(v)}
	case int64:
		return typed{Kind: "int64", Whole: v}
	case bool:
		return typed{Kind: "bool", Whole: bit(v)}
	case money.Amount:
		return typed{Kind: "amount", Whole: int64(v)}
	case money.Quantity:
		return typed{Kind: "quantity", Whole: int64(v)}
	case money.Percent:
		return typed{Kind: "percent", Whole: int64(v)}
	case pos.Right:
		return typed{Kind: "right", Text: string(v)}
	case pos.Method:
		return typed{Kind: "method", Text: string(v)}
	case time.Duration:
		return typed{Kind: "duration", Whole: int64(v)}
	case time.Time:
		if v.IsZero() {
			return typed{Kind: "notime"}
		}
		return typed{Kind: "time", Whole: v.UnixMilli()}
	}
	return typed{Kind: "text", Text: fmt.Sprint(v)}
}

func unpackArgs(s string) (pos.Args, error) {
	if s == "" {
		return nil, nil
	}
	var in map[string]typed
	if err := json.Unmarshal([]byte(s), &in); err != nil {
		return nil, err
	}
	a := make(pos.Args, len(in))
	for k, v := range in {
		a[k] = v.value()
	}
	return a, nil
}

func (v typed) value() any {
	switch v.Kind {
	case "int":
		return int(v.Whole)
	case "int64":
		return v.Whole
	case "bool":
		return v.Whole != 0
	case "amount":
		return money.Amount(v.Whole)
	case "quantity":
		return money.Quantity(v.Whole)
	case "percent":
		return money.Percent(v.Whole)
	case "right":
		return pos.Right(v.Text)
	case "method":
		return pos.Method(v.Text)
	case "duration":
		return time.Duration(v.Whole)
	case "time":
		return time.UnixMilli(v.Whole).UTC()
	case "notime":
		return time.Time{}
	}
	return v.Text
}

// rows is a statement with several rows of values, in portions whose texts are
// few and therefore stay prepared.
type rows struct {
	cols  int
	texts map[int]string // by number of rows
}

// portions are tried from the largest: up to twenty-five rows are two statements
// at most, twenty lines of a sale one.
var portions = []int{24, 20, 16, 12, 8, 7, 6, 5, 4, 3, 2, 1}

// insertRows prepares the texts of INSERT INTO into VALUES (…),… tail.
func insertRows(into string, cols int, tail string) rows {
	return rowsOf("INSERT INTO "+into+" VALUES ", cols, tail)
}

func rowsOf(head string, cols int, tail string) rows {
	return rowsLike(head, "(?"+strings.Repeat(",?", cols-1)+")", tail)
}

// rowsLike is a statement whose every row is one.
func rowsLike(head, one, tail string) rows {
	r := rows{cols: strings.Count(one, "?"), texts: map[int]string{}}
	for _, n := range portions {
		r.texts[n] = head + one + strings.Repeat(","+one, n-1) + " " + tail
	}
	return r
}

// each cuts n rows into portions. args appends the values of row i.
func (r rows) each(n int, args func(i int, to []any) []any, run func(text string, args []any) error) error {
	buf := make([]any, 0, min(n, portions[0])*r.cols)
	for i := 0; i < n; {
		size := 1
		for _, p := range portions {
			if n-i >= p {
				size = p
				break
			}
		}
		buf = buf[:0]
		for j := i; j < i+size; j++ {
			buf = args(j, buf)
		}
		if err := run(r.texts[size], buf); err != nil {
			return err
		}
		i += size
	}
	return nil
}

// insert stores n rows.
func (r rows) insert(t *sqlite.Tx, n int, args func(i int, to []any) []any) error {
	return r.each(n, args, func(text string, args []any) error {
		_, err := t.Exec(text, args...)
		return err
	})
}
