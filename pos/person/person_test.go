package person_test

// These tests look for a person in what people write.

import (
	"testing"

	"kassa/pos/person"
)

func TestTraces_Strike(t *testing.T) {
	var p person.Traces
	p.Name("Алёна  Смирнова-Ковач")
	p.Phone("+79161234567")
	p.Word("Alena@example.test")
	p.Word("7700123")
	for text, want := range map[string]string{
		"отдать алена смирнова-ковач завтра": "отдать ••• завтра",
		"Смирнова-Ковач Алёна":               "•••",
		"СМИРНОВА-КОВАЧ, АЛЁНА!":             "•••!",
		"Покупатель: Алёна\nСмирнова-Ковач":  "Покупатель: •••",
		"тел. 8 (916) 123-45-67, звонить":    "тел. •••, звонить",
		"916-123-45-67":                                     "•••",
		"+7\u00a0916\u00a0123\u00a045\u00a067":              "•••",
		"почта alena@example.test":                          "почта •••",
		"карта 7700123, карта 7700123":                      "карта •••, карта •••",
		"Алёна сказала":                                     "Алёна сказала",
		"артикул 77001234":                                  "артикул 77001234",
		"8 916 123-45-68":                                   "8 916 123-45-68",
		"накладная 91612345678901":                          "накладная 91612345678901",
		"01900000-0000-7000-8000-000161234567":              "01900000-0000-7000-8000-000161234567",
		"01900000-0000-7000-8916-123456700000, 89161234567": "01900000-0000-7000-8916-123456700000, •••",
		"Смирнова-Ковачева Алёна просила пакеты":            "Смирнова-Ковачева Алёна просила пакеты",
	} {
		got, had := p.Strike(text)
		if got != want || had != (want != text) || had != p.In(text) {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestTraces_OfNothing(t *testing.T) {
	var p person.Traces
	p.Name(" ")
	p.Phone("")
	p.Word("")
	if text, had := p.Strike("ничего"); had || text != "ничего" {
		t.Error("somebody without a name was found")
	}
}
