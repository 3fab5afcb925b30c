package tables

// What an archive is: workbooks are archives, too.

import (
	"archive/zip"
	"path"
	"strings"

	"kassa/pos"
)

// kindOfArchive tells an OpenDocument workbook from one of Excel, and refuses what
// is known to be something else in words that say how to go on; named tells that
// the file calls itself an archive.
func kindOfArchive(z *zip.Reader, named bool) (open bool, err error) {
	lists, name := 0, ""
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return false, pos.E(pos.CodeInvalid, "table.encrypted", nil)
		}
		part := strings.ToLower(partName(f.Name))
		switch {
		case part == "[content_types].xml", part == "xl/workbook.xml", part == "xl/workbook.bin":
			return false, nil
		case part == "content.xml":
			open = true
		case strings.HasSuffix(part, ".iwa"), part == "index.zip":
			return false, pos.E(pos.CodeInvalid, "table.numbers", nil)
		}
		switch path.Ext(part) {
		case ".csv", ".tsv", ".xls", ".xlsx", ".ods":
			if !strings.HasPrefix(part, "__macosx/") {
				lists++
				name = path.Base(partName(f.Name))
			}
		default:
			if name == "" {
				name = path.Base(partName(f.Name))
			}
		}
	}
	if (lists > 0 || named) && !open {
		return false, pos.E(pos.CodeInvalid, "table.archive", pos.Args{"File": name})
	}
	return open, nil
}
