package main

import (
	"bytes"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProduct gives a product a picture, refuses what is none, takes it away.
func TestProduct(t *testing.T) {
	home, _ := demoShop(t)
	clean(t)
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, image.NewGray(image.Rect(0, 0, 700, 300))))
	photo := filepath.Join(t.TempDir(), "Фото.png")
	require.NoError(t, os.WriteFile(photo, out.Bytes(), 0o600))
	kept := func() []string {
		list, err := filepath.Glob(filepath.Join(home, "images", "*"))
		require.NoError(t, err)
		return list
	}

	text, errOut, exit := call(t, home, "product", "image", "1002", photo, "--json")
	require.Zero(t, exit, text+errOut)
	assert.Regexp(t, `^\{"sku":"1002","image":"[0-9a-f]{64}\.jpg"\}`, text)
	assert.Len(t, kept(), 2)

	for path, code := range map[string]string{filepath.Join(home, "none.png"): "not_found", home: "invalid", filepath.Join(home, "kassa.db"): "invalid"} {
		text, _, exit := call(t, home, "product", "image", "1002", path, "--json")
		assert.Equal(t, exitRefused, exit)
		got, _ := fault(t, text)
		assert.Equal(t, code, got, path)
	}
	text, _, exit = call(t, home, "product", "image", "no such", photo, "--json")
	assert.Equal(t, exitRefused, exit)
	code, _ := fault(t, text)
	assert.Equal(t, "not_found", code)

	text, errOut, exit = call(t, home, "product", "image", "1002")
	require.Zero(t, exit, text+errOut)
	assert.NotEmpty(t, text)
	text, errOut, exit = call(t, home, "product", "prices", "1002", "--json")
	require.Zero(t, exit, text+errOut)
	assert.JSONEq(t, `{"prices":[]}`, text)
	_, errOut, exit = call(t, home, "verify")
	assert.Zero(t, exit, errOut)
}
