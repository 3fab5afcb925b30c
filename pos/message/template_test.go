package message

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// templateCases serve the table and seed the fuzz test.
var templateCases = []struct {
	name, template     string
	problems, warnings []string
}{
	{"the default", DefaultTemplate, nil, nil},
	{"braces for the code", "Код {code}, сумма <amount>", nil, nil},
	{"capitals and spaces inside", "< CODE > <Amount>", nil, nil},
	{"a doubled code", "<code> <code> <amount>", nil, nil},
	{"every variable", "<code> <amount> <shop> <operation> <customer>", nil, nil},
	{"no amount", "Код <code>", nil, []string{MsgTemplateNoAmount}},
	{"no code", "Сумма <amount>", []string{MsgTemplateNoCode}, nil},
	{"nothing", "", []string{MsgTemplateNoCode}, []string{MsgTemplateNoAmount}},
	{"a misspelt code", "<cod> <amount>", []string{MsgTemplateUnknownName, MsgTemplateNoCode}, nil},
	{"a variable in Russian", "<code> <amount> <магазин>", []string{MsgTemplateUnknownName}, nil},
	{"an empty variable", "<code> <amount> <>", []string{MsgTemplateUnknownName}, nil},
	{"an open bracket", "5 < 7 <code> <amount>", nil, nil},
	{"brackets in brackets", "<<code>> <amount>", nil, nil},
	{"other words in braces", "{hello} <code> <amount>", nil, nil},
	{"several SMS", "<code> <amount> " + strings.Repeat("я", 70), nil, []string{MsgTemplateManyParts}},
	{"too long", "<code> <amount> " + strings.Repeat("я", 500), []string{MsgTemplateTooLong}, nil},
	{"an unseen character", "<code> <amount>\u202e", nil, []string{MsgTemplateControl}},
	{"a bell", "<code> <amount>\a", nil, []string{MsgTemplateControl}},
	{"two lines", "<code>\n<amount>", nil, nil},
}

func TestCheck(t *testing.T) {
	ids := func(findings []Finding) []string {
		var got []string
		for _, f := range findings {
			got = append(got, f.MessageID)
		}
		return got
	}
	for _, test := range templateCases {
		t.Run(test.name, func(t *testing.T) {
			problems, warnings := Check(test.template)
			assert.Equal(t, test.problems, ids(problems))
			assert.Equal(t, test.warnings, ids(warnings))
		})
	}
	t.Run("names the piece at fault", func(t *testing.T) {
		problems, _ := Check("<code> < Магазин >")
		require.Len(t, problems, 1)
		assert.Equal(t, "< Магазин >", problems[0].Text)
	})
}

func TestExpand(t *testing.T) {
	vars := Vars{Code: "012345", Amount: "150,00 ₽", Shop: "Лавка", Operation: "списание баллов", Customer: "Анна"}
	tests := []struct{ name, template, want string }{
		{"all values", DefaultTemplate, "Код 012345: списание баллов 150,00 ₽, «Лавка»"},
		{"both spellings of the code", "<code>={code}", "012345=012345"},
		{"text around", "<<code>> {x} <customer>!", "<012345> {x} Анна!"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Expand(test.template, vars)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
	hostile := []struct{ name, customer, want string }{
		{"a code", "<code>", "<code>"},
		{"a code in braces", "{code}", "{code}"},
		{"half a variable", "<co", "<co"},
		{"a line of his own", "Анна\nКод 999999", "Анна Код 999999"},
		{"control bytes", "А\x00н\x1bна\x7f\u202e\u200b\xff", "Анна"},
		{"odd spaces", "Анна\u00a0\u2028Белова", "Анна  Белова"},
		{"endless length", strings.Repeat("я", 1000), strings.Repeat("я", MaxValueChars)},
	}
	for _, test := range hostile {
		t.Run("a customer whose name is "+test.name, func(t *testing.T) {
			v := vars
			v.Customer = test.customer
			got, err := Expand("<code> <customer>", v)
			require.NoError(t, err)
			assert.Equal(t, "012345 "+test.want, got)
		})
	}
	t.Run("refuses a template without a code", func(t *testing.T) {
		_, err := Expand("Сумма <amount>", vars)
		assert.ErrorIs(t, err, ErrTemplate)
	})
	t.Run("refuses to send without the code itself", func(t *testing.T) {
		_, err := Expand(DefaultTemplate, Vars{Amount: "1"})
		assert.ErrorIs(t, err, ErrTemplate)
	})
}

func TestPreview(t *testing.T) {
	assert.Equal(t, "Код 123456 <x>", Preview("Код {code} <x>"))
}

func TestDefaultTemplate_FitsOneSMS(t *testing.T) {
	assert.Equal(t, 1, Count(Preview(DefaultTemplate)).Parts)
}

// FuzzTemplate lets somebody type anything as a template and be called anything.
func FuzzTemplate(f *testing.F) {
	for _, c := range templateCases {
		f.Add(c.template, "Анна")
	}
	f.Add("<code><customer>", "<code>")
	f.Fuzz(func(t *testing.T, template, customer string) {
		_ = Preview(template)
		got, err := Expand(template, Vars{Code: "012345", Amount: "1", Customer: customer})
		problems, _ := Check(template)
		if (err != nil) != (len(problems) > 0) {
			t.Fatalf("Check and Expand disagree: %v, %v", problems, err)
		}
		if err != nil {
			return
		}
		if !strings.Contains(got, "012345") || !utf8.ValidString(got) {
			t.Fatalf("expanded to %q", got)
		}
		for _, r := range got {
			if r != '\n' && unicode.Is(unicode.C, r) {
				t.Fatalf("unseen %U in %q", r, got)
			}
		}
	})
}

func TestExpand_Properties(t *testing.T) {
	part := rapid.OneOf(
		rapid.SampledFrom([]string{"<code>", "{code}", "<amount>", "<customer>", "<", ">", "{", "}", " "}),
		rapid.StringOfN(rapid.RuneFrom([]rune("абв ")), 0, 5, -1))
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(rapid.SliceOfN(part, 0, 6).Draw(t, "name"), "")
		template := "<code>" + strings.Join(rapid.SliceOfN(part, 0, 6).Draw(t, "template"), "")
		if problems, _ := Check(template); len(problems) > 0 {
			return
		}
		codes := strings.Count(template, "<code>") + strings.Count(template, "{code}")
		got, err := Expand(template, Vars{Code: "012345", Amount: "1", Customer: name})
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(got, "012345"); n != codes {
			t.Fatalf("%d codes for %d in %q named %q", n, codes, template, name)
		}
	})
}
