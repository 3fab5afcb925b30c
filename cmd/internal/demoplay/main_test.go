package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// The window opens with the settings of the environment, but in the demo's folder.
func TestDecided(t *testing.T) {
	assert.Equal(t, []string{"KASSA_TILL_THEME=dark", "KASSA_CONFIRM_POINTS=none"},
		decided([]string{"HOME=/root", "KASSA_TILL_THEME=dark", "KASSA_HOME=/srv/shop", "DISPLAY=:0", "KASSA_CONFIRM_POINTS=none"}))
}
