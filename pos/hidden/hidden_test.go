package hidden_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos/hidden"
)

func TestText_DoesNotShowItself(t *testing.T) {
	const value = "CANARY"
	s := hidden.New(value)
	holder := struct {
		Name string
		Key  hidden.Text
		key  hidden.Text
	}{"x", s, s}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, v := range []any{s, &s, holder, &holder, []hidden.Text{s}, map[string]hidden.Text{"k": s}} {
			text := fmt.Sprintf(verb, v)
			assert.NotContains(t, text, value, verb)
			assert.NotContains(t, text, fmt.Sprintf("%x", value), verb)
		}
	}
	b, err := json.Marshal(holder)
	require.NoError(t, err)
	assert.JSONEq(t, `{"Name":"x","Key":"[hidden]"}`, string(b))
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "key", s, "holder", holder)
	assert.NotContains(t, log.String(), value)
	assert.Equal(t, "[hidden]", s.String())
	assert.Equal(t, value, s.Reveal())
	assert.False(t, s.Empty())
	for _, empty := range []hidden.Text{{}, hidden.New("")} {
		assert.True(t, empty.Empty())
		assert.Empty(t, empty.Reveal())
		assert.Equal(t, "[hidden]", empty.String(), "also that there is none is nobody's business")
	}
}
