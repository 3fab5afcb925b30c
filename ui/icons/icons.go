// Package icons draws the small pictures beside the places of the menu: lines of
// one width in a square of 24, in whatever colour the words beside them have.
package icons

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
)

// Icon is a picture; the zero Icon is none.
type Icon string

// The icons.
const (
	None        Icon = ""
	Receipt     Icon = "receipt"
	Certificate Icon = "certificate"
	Printer     Icon = "printer"
	Lock        Icon = "lock"
	Goods       Icon = "goods"
	Stock       Icon = "stock"
	Label       Icon = "label"
	Offer       Icon = "offer"
	Customer    Icon = "customer"
	People      Icon = "people"
	Day         Icon = "day"
	Chart       Icon = "chart"
	List        Icon = "list"
	Settings    Icon = "settings"
	History     Icon = "history"
	Keys        Icon = "keys"
	Copies      Icon = "copies"
	Health      Icon = "health"
	Check       Icon = "check"
	Seal        Icon = "seal"
	Quit        Icon = "quit"
	Queue       Icon = "queue"
	Orders      Icon = "orders"
	Payable     Icon = "payable"
)

// drawn are the lines of each icon.
var drawn = map[Icon]string{
	Receipt:     `<path d="M6 3 V21 L9 19 L12 21 L15 19 L18 21 V3 L15 5 L12 3 L9 5 Z"/><path d="M9 9 H15"/><path d="M9 13 H15"/>`,
	Orders:      `<rect x="3" y="6" width="18" height="14"/><path d="M3 11 H21"/><path d="M7 16 H11"/><path d="M15 16 H17"/>`,
	Certificate: `<rect x="3" y="8" width="18" height="12"/><path d="M12 8 V20"/><path d="M3 13 H21"/><path d="M12 8 L8 4"/><path d="M12 8 L16 4"/>`,
	Printer:     `<path d="M7 9 V3 H17 V9"/><path d="M7 17 H3 V9 H21 V17 H17"/><rect x="7" y="14" width="10" height="7"/>`,
	Lock:        `<rect x="5" y="11" width="14" height="10"/><path d="M8 11 V8 C8 2.5 16 2.5 16 8 V11"/><path d="M12 15 V17"/>`,
	Goods:       `<path d="M3 8 L12 3 L21 8 V17 L12 22 L3 17 Z"/><path d="M3 8 L12 13 L21 8"/><path d="M12 13 V22"/>`,
	Stock:       `<path d="M3 21 V9 L12 3 L21 9 V21"/><path d="M7 21 V13 H17 V21"/><path d="M7 17 H17"/>`,
	Label:       `<path d="M3 3 H12 L21 12 L12 21 L3 12 Z"/><circle cx="8" cy="8" r="1.3"/>`,
	Offer:       `<path d="M5 19 L19 5"/><circle cx="7.5" cy="7.5" r="2.7"/><circle cx="16.5" cy="16.5" r="2.7"/>`,
	Customer:    `<circle cx="12" cy="8" r="4"/><path d="M4 21 C4 12.5 20 12.5 20 21"/>`,
	People:      `<circle cx="9" cy="8" r="3.6"/><path d="M2 21 C2 13 16 13 16 21"/><path d="M15.5 4.8 C19.5 4.8 19.5 11.2 15.5 11.2"/><path d="M18.5 14.5 C21 15.6 22 18 22 21"/>`,
	Day:         `<circle cx="12" cy="12" r="4"/><path d="M12 2 V4.5"/><path d="M12 19.5 V22"/><path d="M2 12 H4.5"/><path d="M19.5 12 H22"/><path d="M5 5 L6.7 6.7"/><path d="M17.3 17.3 L19 19"/><path d="M5 19 L6.7 17.3"/><path d="M17.3 6.7 L19 5"/>`,
	Chart:       `<path d="M3 21 H21"/><path d="M6 21 V12"/><path d="M12 21 V4"/><path d="M18 21 V9"/>`,
	List:        `<path d="M9 6 H21"/><path d="M9 12 H21"/><path d="M9 18 H21"/><path d="M4 6 H4.5"/><path d="M4 12 H4.5"/><path d="M4 18 H4.5"/>`,
	Settings:    `<path d="M3 6 H12"/><path d="M18 6 H21"/><circle cx="15" cy="6" r="2.6"/><path d="M3 12 H5"/><path d="M11 12 H21"/><circle cx="8" cy="12" r="2.6"/><path d="M3 18 H12"/><path d="M18 18 H21"/><circle cx="15" cy="18" r="2.6"/>`,
	History:     `<circle cx="12" cy="12" r="9"/><path d="M12 7 V12 L15.5 14"/>`,
	Keys:        `<rect x="2" y="6" width="20" height="13"/><path d="M6 10 H7"/><path d="M10 10 H11"/><path d="M14 10 H15"/><path d="M17.5 10 H18"/><path d="M7 15 H17"/>`,
	Copies:      `<rect x="8" y="8" width="13" height="13"/><path d="M5 16 H3 V3 H16 V5"/>`,
	Health:      `<path d="M2 13 H7 L10 5 L14 19 L17 13 H22"/>`,
	Check:       `<path d="M3 6 L5 8 L8 4"/><path d="M12 6 H21"/><path d="M3 13 L5 15 L8 11"/><path d="M12 13 H21"/><path d="M3 20 L5 22 L8 18"/><path d="M12 20 H21"/>`,
	Seal:        `<path d="M12 2 L20 5 V11 C20 17 16 20 12 22 C8 20 4 17 4 11 V5 Z"/><path d="M8.5 11.5 L11 14 L15.5 9"/>`,
	Queue:       `<path d="M8 20 V5"/><path d="M4 9 L8 4.5 L12 9"/><path d="M16 4 V19"/><path d="M12 15 L16 19.5 L20 15"/>`,
	Payable:     `<path d="M3 6 H21 V18 H3 Z"/><path d="M3 10 H21"/><path d="M7 14 H10"/><path d="M14 14 H17"/>`,
	Quit:        `<path d="M13 4 H4 V20 H13"/><path d="M9 12 H21"/><path d="M17 8 L21 12 L17 16"/>`,
}

// In returns the icon drawn in a colour; nil for None. What is drawn alike has the
// same name, under which the toolkit keeps it.
func (i Icon) In(c color.Color) fyne.Resource {
	lines, ok := drawn[i]
	if !ok {
		return nil
	}
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	ink := fmt.Sprintf("#%02x%02x%02x", n.R, n.G, n.B)
	svg := `<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">` +
		`<g fill="none" stroke="` + ink + `" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">` + lines + `</g></svg>`
	return fyne.NewStaticResource("kassa-"+string(i)+"-"+ink[1:]+".svg", []byte(svg))
}

// All lists the icons there are.
func All() []Icon {
	all := make([]Icon, 0, len(drawn))
	for i := range drawn {
		all = append(all, i)
	}
	return all
}
