package words

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode"

	"kassa/pos"
	"kassa/pos/money"
)

// Value writes one argument for the reader:
//
//	money.Amount              1 262,61 ₽
//	money.Quantity            0,845
//	money.Percent             12,5 %
//	time.Time                 DateTime; Date when it is midnight; nothing when it is zero;
//	                          the arg "Until" up to the next whole minute, so that it is true from then on
//	time.Duration             Duration
//	pos.Right, Method, GroupID, ConfirmPolicy, SealKind   their names; a group of the shop's own as it is
//	integers                  with grouped thousands, but for the arg "Number", which is a name
//	error                     Error
//	the arg "Provider"        the name of a sender in the language, where it has one
//	lists                     their parts with commas between; errors one after the other
//
// Anything else is printed, without characters that cannot be seen.
func (w *Words) Value(v any) string { return w.value("", v) }

func (w *Words) value(name string, v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		if name == "Provider" {
			return w.provider(v)
		}
		return visible(v)
	case money.Amount:
		return w.money.Amount(v)
	case money.Quantity:
		return w.money.Quantity(v)
	case money.Percent:
		return w.money.Percent(v)
	case time.Time:
		if begun := v.Truncate(time.Minute); name == "Until" && begun.Before(v) {
			v = begun.Add(time.Minute)
		}
		return w.moment(v)
	case time.Duration:
		return w.Duration(v)
	case pos.Right:
		return w.named("right.", string(v))
	case pos.Method:
		return w.named("method.", string(v))
	case pos.GroupID:
		return w.named("group.", string(v))
	case pos.SealKind:
		return w.named("seal.kind.", string(v))
	case pos.ConfirmPolicy:
		return w.named("confirm.policy.", string(v))
	case error:
		return w.Error(v)
	}
	return w.plain(name, reflect.ValueOf(v), v)
}

// provider is the name of who sends messages. One that is no company has a name in
// every language.
func (w *Words) provider(name string) string {
	if id := "sms.name." + strings.ToLower(name); w.Has(id) {
		return w.T(id, nil)
	}
	return visible(name)
}

var errorType = reflect.TypeFor[error]()

func (w *Words) plain(name string, r reflect.Value, v any) string {
	switch {
	case r.CanInt() && name == "Number":
		return strconv.FormatInt(r.Int(), 10)
	case r.CanInt():
		return w.money.Points(r.Int())
	case r.Kind() == reflect.Slice:
		parts := make([]string, r.Len())
		for i := range parts {
			parts[i] = w.value(name, r.Index(i).Interface())
		}
		if r.Type().Elem().Implements(errorType) {
			return strings.Join(parts, " ") // whole sentences
		}
		return strings.Join(parts, ", ")
	}
	return visible(fmt.Sprint(v))
}

// named is the translated name of a permanent word, or the word itself.
func (w *Words) named(prefix, word string) string {
	if word == "" {
		return ""
	}
	if name := w.T(prefix+word, nil); name != prefix+word {
		return name
	}
	return visible(word)
}

func (w *Words) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	if h, m, s := t.In(w.zone).Clock(); h == 0 && m == 0 && s == 0 {
		return w.Date(t)
	}
	return w.DateTime(t)
}

// Date writes a day: "21.11.2026", in English "21 Nov 2026".
func (w *Words) Date(t time.Time) string { return t.In(w.zone).Format(w.T("format.date", nil)) }

// DateTime writes a day and the time to the minute.
func (w *Words) DateTime(t time.Time) string { return w.Date(t) + " " + w.Clock(t) }

// Clock writes a time of day to the minute: "14:05".
func (w *Words) Clock(t time.Time) string { return t.In(w.zone).Format("15:04") }

// DayMonth writes a day without its year: "21 ноября", "21 November".
func (w *Words) DayMonth(t time.Time) string {
	t = t.In(w.zone)
	return strconv.Itoa(t.Day()) + "\u00a0" + w.T("month.of."+strconv.Itoa(int(t.Month())), nil)
}

// Duration writes a time left as a countdown shows it: "4:32", "1:04:32".
// What is below a second is dropped; below zero is "0:00".
func (w *Words) Duration(d time.Duration) string {
	s := int64(max(d, 0) / time.Second)
	if s < 3600 {
		return fmt.Sprintf("%d:%02d", s/60, s%60)
	}
	return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
}

// visible drops what cannot be seen, so that a name cannot turn a sentence
// around or break it; line ends become spaces.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r' || r == '\t':
			return ' '
		case r == unicode.ReplacementChar || unicode.In(r, unicode.Cc, unicode.Cf):
			return -1
		}
		return r
	}, s)
}
