package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFileURL(t *testing.T) {
	for path, want := range map[string]string{
		"/tmp/kassa proof/чек.pdf": "file:///tmp/kassa%20proof/%D1%87%D0%B5%D0%BA.pdf",
		"C:/Temp/a.jpg":            "file:///C:/Temp/a.jpg",
		"/tmp/a?b#c.jpg":           "file:///tmp/a%3Fb%23c.jpg",
	} {
		assert.Equal(t, want, fileURL(path).String())
	}
}
