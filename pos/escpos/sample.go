package escpos

// Sample is one line of the sheet by which the code page is found.
type Sample struct {
	Number     int // printed before the line
	Page       string
	PageNumber int
}

// numbers are those by which printers know each page, the usual one first.
var numbers = map[string][]int{
	"pc866": {17, 7, 59, 66}, "wpc1251": {46, 73, 23, 6}, "pc855": {34, 36, 60}, "kz1048": {53, 64}, "iso8859-5": {41, 28}, "koi8-u": {78},
}

// Samples lists what the sheet tries: every page with Cyrillic under every
// number printers are known to have for it.
func Samples() []Sample {
	var list []Sample
	for _, p := range Pages() {
		for _, n := range numbers[p.Name] {
			list = append(list, Sample{Number: len(list) + 1, Page: p.Name, PageNumber: n})
		}
	}
	return list
}
