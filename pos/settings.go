package pos

import (
	"time"

	"kassa/pos/money"
)

// Rules are the shop's money rules.
type Rules struct {
	EarnRate       money.Percent // points earned on what is left to pay
	MaxPointsShare money.Percent // most of a cheque payable with points
	PointValue     money.Amount  // worth of one point, minor units
	PointsDelay    time.Duration // from earning to being usable
	PointsLife     time.Duration // from earning to expiry; 0: for ever
	CreditDays     int           // days until a debt is due
	RoundingStep   money.Amount  // cheque totals are rounded down to it; 0: none
}

// DefaultRules are the defaults of the house.
func DefaultRules() Rules {
	return Rules{EarnRate: 300, MaxPointsShare: 3000, PointValue: 100, CreditDays: 14}
}

// ConfirmPolicy says whether customers confirm an operation with a code. How the
// code comes is another question, see confirm.Ways.
type ConfirmPolicy string

// The policies. Their words are those of the settings and permanent; that of
// ConfirmAlways is from when a code came by SMS alone.
const (
	ConfirmNever  ConfirmPolicy = "none"
	ConfirmAlways ConfirmPolicy = "sms"
)

// Asks reports that a code is needed; it is where nobody decided.
func (p ConfirmPolicy) Asks() bool { return p != ConfirmNever }

// Settings are what a shop decides. They hold no secrets.
type Settings struct {
	Shop            string // name, on receipts and in messages
	Address         string
	TaxID           string
	Till            string // this till's number, "1"
	Language        string // of the screen: "ru", "en"
	ReceiptLanguage string
	Country         string // ISO 3166 alpha-2: default region of phones
	Currency        money.Currency
	CurrencySymbol  string // "" for the usual one
	Footer          string // last lines of a receipt
	Demo            bool   // the shop is a demo: PINs are shown

	Rules         Rules
	Returns       ReturnSettings
	Certificates  CertificateSettings
	ConfirmPoints ConfirmPolicy
	ConfirmCredit ConfirmPolicy
	CodeLifetime  time.Duration
	ManualFinish  bool // an approved manual payment finishes its sale by itself

	SMSProvider string // "smsru", "sandbox", "" for none
	SMSSender   string
	SMSTemplate string

	Labels LabelSettings

	IdleLock time.Duration // 0: never
	Theme    string        // "light", "dark", "system"
	Scale    float64       // 0.8…1.6
	Width    int           // receipt columns
	Keys     string        // the shop's own keys, "sale.pay=F7 sale.drawer=F9"; "" for the usual ones

	StartScreen string // what a login with the right to reports shows first: "sale", "overview"
	NextSteps   bool   // the empty sale screen tells a new shop what comes next

	Paper        PaperSettings
	LabelPrinter LabelPrinterSettings
	Backup       BackupSettings
	Front        FrontSettings
}
