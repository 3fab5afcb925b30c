package pos

// Monitor says where the customer display stands.
type Monitor string

// Places of the customer display.
const (
	DisplaySecond Monitor = "second" // fills the second monitor; a window where there is none
	DisplayWindow Monitor = "window" // a window that can be dragged
)

// FrontSettings are what a shop decides about the tiles under the cheque, about
// what customers see, and what is heard at the till.
type FrontSettings struct {
	Tiles bool // quick goods under the cheque, where it leaves room

	Display   bool // the second window, for customers
	DisplayOn Monitor

	Sound                               bool // of all kinds; each has its own switch
	Scanned, Unknown, Error, News, Sold bool
}

// DefaultFront are the settings of a shop that has chosen nothing: tiles, no
// display, and sounds where somebody who looks at the goods must look up.
func DefaultFront() FrontSettings {
	return FrontSettings{Tiles: true, DisplayOn: DisplaySecond, Sound: true, Scanned: true, Unknown: true, Error: true, News: true}
}
