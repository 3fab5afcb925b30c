package words_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/money"
	"kassa/pos/phone"
)

var at = time.Date(2026, 11, 21, 14, 5, 59, 0, time.UTC)

func speaking(lang string) *words.Words { return words.New(lang, "RUB", "").In(time.UTC) }

func TestNew_PicksALanguage(t *testing.T) {
	for lang, want := range map[string]string{
		"ru": "ru", "en": "en", "EN-us": "en", "ru_RU": "ru", "kk_KZ": "kk", "be": "be", "uk-UA": "uk", "pl": "ru", "": "ru", " en ": "en", "!!": "ru",
	} {
		assert.Equal(t, want, words.New(lang, "RUB", "").Lang(), lang)
	}
}

func TestT_WritesTypedArguments(t *testing.T) {
	ru, en := speaking("ru"), speaking("en")
	for name, tt := range map[string]struct {
		arg    any
		ru, en string
	}{
		"amount":        {money.Amount(126261), "1\u2009262,61\u2009₽", "1,262.61\u2009₽"},
		"quantity":      {money.Quantity(845), "0,845", "0.845"},
		"percent":       {money.Percent(1250), "12,5\u2009%", "12.5%"},
		"time":          {at, "21.11.2026 14:05", "21 Nov 2026 14:05"},
		"midnight":      {at.Truncate(24 * time.Hour), "21.11.2026", "21 Nov 2026"},
		"no time":       {time.Time{}, "", ""},
		"duration":      {4*time.Minute + 32*time.Second, "4:32", "4:32"},
		"hours":         {time.Hour + 4*time.Minute + 2*time.Second, "1:04:02", "1:04:02"},
		"below zero":    {-time.Second, "0:00", "0:00"},
		"right":         {pos.RightSkipCredit, "Продавать в долг без кода", "Sell on credit without a code"},
		"unknown right": {pos.Right("fly"), "fly", "fly"},
		"method":        {pos.Transfer, "Перевод", "Transfer"},
		"preset group":  {pos.GroupSeniorCashier, "Старший кассир", "Senior cashier"},
		"own group":     {pos.GroupID("Ночная смена"), "Ночная смена", "Ночная смена"},
		"confirmation":  {pos.ConfirmAlways, "С кодом", "With a code"},
		"number":        {int64(1240), "1\u2009240", "1,240"},
		"int":           {7, "7", "7"},
		"list":          {[]pos.Method{pos.Cash, pos.Card}, "Наличные, Карта", "Cash, Card"},
		"error":         {pos.E(pos.CodeInvalid, "pin.digits", nil), "PIN-код состоит только из цифр.", "A PIN has only digits."},
		"text":          {"Анна\u202e\x1b[2J\n!", "Анна[2J !", "Анна[2J !"},
		"nothing":       {nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, tt.ru, ru.Value(tt.arg))
			assert.Equal(t, tt.en, en.Value(tt.arg))
		})
	}
	assert.Equal(t, "Нужно право «Менять цену». Позовите сотрудника, у которого оно есть, или попросите владельца дать его вашей группе.",
		ru.T("till.forbidden", pos.Args{"Right": pos.RightPrice}))
	for until, want := range map[time.Time]string{
		at.Truncate(time.Minute): "14:05", at.Truncate(time.Minute).Add(time.Millisecond): "14:06", at: "14:06",
	} {
		assert.Contains(t, ru.T("code.skip-wait", pos.Args{"Until": until}), "21.11.2026 "+want, "what is not allowed yet at its minute is told a minute later")
	}
	assert.Equal(t, "Чек № 1240", ru.T("receipt.number", pos.Args{"Number": int64(1240)}), "a number that is a name is not grouped")
}

func TestT_Plurals(t *testing.T) {
	ru, en := speaking("ru"), speaking("en")
	for count, want := range map[any]string{
		1: "1 балл", 2: "2 балла", 5: "5 баллов", 11: "11 баллов", 21: "21 балл", 111: "111 баллов",
		int64(1_000_002): "1\u2009000\u2009002 балла", 0: "0 баллов", money.Quantity(345): "0,345 балла", money.Quantity(2000): "2 балла",
	} {
		assert.Equal(t, want, ru.T("count.points", pos.Args{"Count": count}))
	}
	for count, want := range map[any]string{1: "1 point", 0: "0 points", 21: "21 points", money.Quantity(1500): "1.5 points"} {
		assert.Equal(t, want, en.T("count.points", pos.Args{"Count": count}))
	}
}

func TestT_SaysNothingOfWhatIsMissing(t *testing.T) {
	w := speaking("ru")
	assert.Equal(t, "no.such.id", w.T("no.such.id", nil))
	assert.False(t, w.Has("no.such.id"))
	assert.NotContains(t, w.T("till.forbidden", nil), "no value")
}

type spoken struct{}

func (spoken) Error() string               { return "raw spoken" }
func (spoken) MessageID() string           { return "customer.name-long" }
func (spoken) MessageArgs() map[string]any { return map[string]any{"Max": 200} }

type vendor struct{}

func (vendor) Error() string        { return "raw vendor" }
func (vendor) Message() string      { return "pin.length" }
func (vendor) Data() map[string]any { return map[string]any{"Min": 6, "Max": 12} }

func TestError_NeverShowsTheTextOfAProgram(t *testing.T) {
	w := speaking("en")
	wrong := w.T("error.unknown", nil)
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"nil":                 {nil, ""},
		"unknown":             {errors.New("sql: boom"), wrong},
		"known":               {pos.E(pos.CodeInvalid, "pin.digits", nil), "A PIN has only digits."},
		"wrapped":             {fmt.Errorf("op: %w", pos.E(pos.CodeInvalid, "pin.digits", nil)), "A PIN has only digits."},
		"joined":              {errors.Join(errors.New("x"), pos.E(pos.CodeInvalid, "pin.digits", nil)), "A PIN has only digits."},
		"without words":       {pos.E(pos.CodeOverdue, "no.such", nil), w.T("error.code.overdue", nil)},
		"cause without words": {pos.Wrap(pos.CodeInternal, "no.such", errors.New("boom")), w.T("error.code.internal", nil)},
		"cause with words":    {pos.Wrap(pos.CodeUnavailable, "no.such", vendor{}), "A PIN has 6 to 12 digits."},
		"strange code":        {pos.E("odd", "no.such", nil), wrong},
		"speaker":             {spoken{}, "The customer's name is longer than 200 characters. Shorten it."},
		"provider":            {fmt.Errorf("x: %w", vendor{}), "A PIN has 6 to 12 digits."},
		"number":              {&money.ParseError{Input: "12a", Reason: money.ReasonNotNumber}, "“12a” is not a number. Enter digits, such as 12.50."},
		"phone":               {&phone.ParseError{Reason: phone.ReasonTooShort}, "The phone number has too few digits. Check it."},
	} {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, w.Error(tt.err)) })
	}
}

func TestDates(t *testing.T) {
	ru, en := speaking("ru"), speaking("en")
	assert.Equal(t, "14:05", ru.Clock(at))
	east := ru.In(time.FixedZone("", 10*3600))
	assert.Equal(t, "22.11.2026 00:05", east.DateTime(at))
	assert.Equal(t, "21.11.2026 14:05", ru.DateTime(at), "In leaves the words it was asked of as they are")
	assert.Equal(t, "21\u00a0ноября", ru.DayMonth(at))
	assert.Equal(t, "21\u00a0November", en.DayMonth(at))
}

func TestWords_MayBeUsedByMany(t *testing.T) {
	w := speaking("en")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i := range 50 {
				_ = w.T("count.points", pos.Args{"Count": i})
				_ = w.T("no.such", nil)
				_ = w.T("till.forbidden", pos.Args{"Right": pos.RightPrice})
			}
		})
	}
	all.Wait()
}

// TestNew_ReadsALanguageOnce: the second who speaks it makes little of their own.
func TestNew_ReadsALanguageOnce(t *testing.T) {
	speaking("kk")
	assert.Less(t, testing.AllocsPerRun(5, func() { words.New("kk", "RUB", "") }), 100.0)
}
