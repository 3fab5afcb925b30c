package tables

// Archives that are no workbook of Excel.

import (
	"archive/zip"
	"path"
	"strings"

	"kassa/pos"
)

// otherArchive refuses an archive that is known to be something else, in words
// that say how to go on; nil for what may be a workbook.
func otherArchive(z *zip.Reader) error {
	lists, name := 0, ""
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return pos.E(pos.CodeInvalid, "table.encrypted", nil)
		}
		part := strings.ToLower(partName(f.Name))
		switch {
		case part == "[content_types].xml", part == "xl/workbook.xml", part == "xl/workbook.bin":
			return nil
		case strings.HasSuffix(part, ".iwa"), part == "index.zip":
			return pos.E(pos.CodeInvalid, "table.numbers", nil)
		}
		switch path.Ext(part) {
		case ".csv", ".tsv", ".xls", ".xlsx", ".ods":
			if !strings.HasPrefix(part, "__macosx/") {
				lists++
				name = path.Base(partName(f.Name))
			}
		}
	}
	if lists > 0 {
		return pos.E(pos.CodeInvalid, "table.archive", pos.Args{"File": name})
	}
	return nil
}
