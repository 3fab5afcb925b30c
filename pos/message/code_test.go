package message_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/assets/words"
	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/message"
)

// shop are the settings of a shop that uses the text it was given.
func shop() *pos.Settings {
	return &pos.Settings{Shop: "Магазин у дома", Language: "ru", Currency: "RUB", SMSTemplate: message.DefaultTemplate}
}

func speak(lang string) *words.Words { return words.New(lang, "RUB", "") }

func delivery() confirm.Delivery {
	return confirm.Delivery{Code: "123456", Operation: confirm.SpendPoints, Amount: 150_00, Points: 150, Customer: "Анна", Number: 1}
}

func TestCode(t *testing.T) {
	write := func(t *testing.T, lang string, set *pos.Settings, d confirm.Delivery) string {
		t.Helper()
		text, err := message.Code(speak(lang), set, d)
		require.NoError(t, err)
		return text
	}
	t.Run("is the shop's text with what is at stake", func(t *testing.T) {
		assert.Equal(t, "Код 123456: списание баллов 150,00 ₽, «Магазин у дома»", write(t, "ru", shop(), delivery()))
	})
	t.Run("speaks one language where the shop wrote no text of its own", func(t *testing.T) {
		assert.Equal(t, "Code 123456: spending points 150.00 ₽, Магазин у дома", write(t, "en", shop(), delivery()))
		assert.NotContains(t, message.LookAt(speak("en"), shop(), message.DefaultTemplate).Text, "Код", "the preview too")
		own := shop()
		own.SMSTemplate = "Ваш код <code>, <operation> <amount>"
		assert.Contains(t, write(t, "en", own, delivery()), "Ваш код", "what the shop wrote stays as it is")
	})
	t.Run("says in the customer's language what the shop did not write", func(t *testing.T) {
		d := delivery()
		d.Operation, d.Number = confirm.SellCredit, 2
		assert.Contains(t, write(t, "en", shop(), d), "credit sale")
		assert.Contains(t, write(t, "en", shop(), d), "(message 2)")
	})
	t.Run("names the operation in every language", func(t *testing.T) {
		for _, lang := range words.Languages() {
			for _, o := range []confirm.Operation{confirm.SpendPoints, confirm.SellCredit, confirm.ChangePhone} {
				assert.True(t, speak(lang).Has("shop.operation."+string(o)), "%s %s", lang, o)
			}
			assert.True(t, speak(lang).Has("shop.template"), lang)
		}
	})
	t.Run("does not make two messages of one for the sake of its number", func(t *testing.T) {
		d := delivery()
		d.Number, d.Amount = 2, 1_234_567_00
		text := write(t, "ru", shop(), d)
		assert.Equal(t, 1, message.Count(text).Parts, text)
		assert.NotContains(t, text, "сообщение 2")
	})
	t.Run("names the new number, masked, where a phone is changed", func(t *testing.T) {
		d := delivery()
		d.Operation, d.Amount, d.NewPhone = confirm.ChangePhone, 0, "+79000000091"
		text := write(t, "ru", shop(), d)
		assert.Contains(t, text, "-91")
		assert.NotContains(t, text, "0,00")
		assert.NotContains(t, text, "+79000000091")
		d.NewPhone = ""
		assert.Contains(t, write(t, "ru", shop(), d), "телефон уберут из карточки")
	})
	t.Run("a text without its code never goes out", func(t *testing.T) {
		for _, template := range []string{"", "нет кода", "<code> <amonut>"} {
			set := shop()
			set.SMSTemplate = template
			_, err := message.Code(speak("ru"), set, delivery())
			assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err), template)
			_, err = message.Trial(speak("ru"), set, "123456")
			assert.Equal(t, pos.CodeInvalid, pos.CodeOf(err), template)
		}
	})
}

func TestTrial(t *testing.T) {
	text, err := message.Trial(speak("ru"), shop(), "000001")
	require.NoError(t, err)
	assert.Equal(t, "Код 000001: списание баллов 300,00 ₽, «Магазин у дома»", text)
}

func TestLookAt(t *testing.T) {
	set := shop()
	look := message.LookAt(speak("ru"), set, message.DefaultTemplate)
	assert.Equal(t, "Код 482913: списание баллов 300,00 ₽, «Магазин у дома»", look.Text)
	assert.Empty(t, look.Problems)
	assert.Empty(t, look.Warnings)
	assert.Equal(t, []int{54, 70, 1}, []int{look.Size.Units, look.Size.Room(), look.Size.Parts})

	set.Shop = strings.Repeat("Очень длинное название ", 3)
	look = message.LookAt(speak("ru"), set, message.DefaultTemplate)
	require.Len(t, look.Warnings, 1, "the parts are counted with the shop's own name")
	assert.Equal(t, message.MsgTemplateManyParts, look.Warnings[0].MessageID)

	look = message.LookAt(speak("ru"), set, "<amonut>")
	require.NotEmpty(t, look.Problems)
	assert.Equal(t, "<amonut>", look.Text, "a text that cannot be used is shown as it stands")
}
