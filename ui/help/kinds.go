package help

// Which picture a setting has.

import "strings"

// Kind is a sort of picture.
type Kind string

// The kinds.
const (
	Words   Kind = "words"   // none: what is heard cannot be drawn
	Slip    Kind = "slip"    // lines of a receipt, those the setting makes marked
	Roll    Kind = "roll"    // receipts as they leave the printer: how many, how parted
	Letters Kind = "letters" // a line as the printer writes it
	Offer   Kind = "offer"   // the total with what its points are worth
	Steps   Kind = "steps"   // what comes after what, and when
	Bubble  Kind = "bubble"  // the message on the customer's telephone
	Code    Kind = "code"    // the boxes of the code window
	Window  Kind = "window"  // a piece of the till's window
	Copies  Kind = "copies"  // the list of copies
	Display Kind = "display" // the customer display
	Label   Kind = "label"   // a price label
	Scale   Kind = "scale"   // the parts of a scale's label
)

// kinds are the pictures of the shop's settings.
var kinds = map[string]Kind{
	"shop.name": Slip, "shop.address": Slip, "shop.tax_id": Slip, "shop.currency": Slip, "shop.footer": Slip,
	"shop.country": Steps,

	"till.number": Slip, "till.receipt_language": Slip, "till.receipt_width": Slip,
	"till.language": Window, "till.theme": Window, "till.scale": Window, "till.start_screen": Window, "till.next_steps": Window,
	"till.idle_lock_minutes": Steps,

	"points.earn_percent": Offer, "points.max_share_percent": Offer, "points.value": Offer,
	"points.delay_days": Steps, "points.life_days": Steps,
	"credit.due_days": Slip, "money.rounding_step": Slip,
	"manual.finish": Steps, "returns.days": Steps, "certificates.life_days": Steps,

	"sms.provider": Bubble, "sms.template": Bubble,
	"confirm.points": Code, "confirm.credit": Code, "confirm.code_lifetime_minutes": Code,

	"labels.rules": Scale,

	"printer.connection": Steps, "printer.address": Steps, "printer.baud": Steps, "printer.ask_status": Steps,
	"printer.receipt": Steps, "printer.drawer": Steps,
	"printer.page": Letters, "printer.page_number": Letters, "printer.cancel_chinese": Letters,
	"printer.cut": Roll, "printer.copies": Roll, "printer.z": Roll,
	"printer.logo": Slip, "printer.qr": Slip, "printer.header": Slip,

	"label_printer.connection": Steps, "label_printer.address": Steps, "label_printer.baud": Steps,
	"label_printer.language": Label, "label_printer.dpi": Label, "label_printer.paper": Label,

	"backup.folders": Copies, "backup.every_hours": Copies, "backup.at": Copies, "backup.on_close": Copies,
	"backup.keep": Copies, "backup.keep_days": Copies, "backup.seal": Copies, "backup.keys": Copies,
	"backup.recipient": Copies, "backup.passphrase": Copies,

	"front.tiles": Window, "display.on": Display, "display.monitor": Display,
	"sound.on": Words, "sound.scanned": Words, "sound.unknown": Words, "sound.error": Words, "sound.news": Words, "sound.sold": Words,
}

// KindOf is the picture of a setting, "" for one that has none. What an integration
// declares has the picture of what it brings: a message.
func KindOf(key string) Kind {
	if kind, ok := kinds[key]; ok {
		return kind
	}
	if strings.HasPrefix(key, "sms.") {
		return Bubble
	}
	if strings.HasPrefix(key, "mail.") {
		return Words
	}
	return ""
}
