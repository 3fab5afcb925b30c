package till

import (
	"context"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/history"
	"kassa/pos/money"
	"kassa/pos/till/clients"
	"kassa/pos/till/counter"
	"kassa/pos/till/drawer"
	"kassa/pos/till/internal/desk"
	"kassa/pos/till/lists"
	"kassa/pos/till/queue"
	"kassa/pos/till/reports"
	"kassa/pos/till/returns"
	"kassa/pos/till/shelf"
	"kassa/pos/till/staff"
	"kassa/pos/till/store"
	"kassa/pos/till/upkeep"
)

// What whoever works with a till needs of its rooms, so that a screen or a
// program imports this package alone. A store imports package store.
type (
	Store     = store.Store
	Tx        = store.Tx
	SaleQuery = store.SaleQuery

	Params     = desk.Params
	Clock      = desk.Clock
	IDs        = desk.IDs
	CodeSender = desk.CodeSender
	HashCost   = desk.HashCost
	Refused    = desk.Refused

	Outgoing       = queue.Outgoing
	QueueView      = queue.View
	Mirror         = queue.Mirror
	MirroredChoice = queue.MirroredChoice
	MirroredOrders = queue.MirroredOrders

	BrokenSeal      = upkeep.BrokenSeal
	WatchedSettings = upkeep.WatchedSettings
	AskApproval     = staff.AskApproval
	ManualUse       = staff.ManualUse
	CashResult      = drawer.CashResult

	Answer            = clients.Answer
	CardView          = clients.CardView
	CustomerPage      = clients.CustomerPage
	CopiesNaming      = clients.CopiesNaming
	CustomerGroupView = clients.CustomerGroupView
	FindCustomer      = clients.FindCustomer
	MergeChoice       = clients.MergeChoice
	MergePreview      = clients.MergePreview
	NewCustomer       = clients.NewCustomer

	Board        = shelf.Board
	Quick        = shelf.Quick
	CategoryView = shelf.CategoryView
	LabelReading = shelf.LabelReading
	ProductMove  = shelf.ProductMove
	StockView    = shelf.StockView
	TileView     = shelf.TileView

	AwaitedView      = counter.AwaitedView
	Decided          = counter.Decided
	CertificateView  = counter.CertificateView
	ChequeView       = counter.ChequeView
	Scanned          = counter.Scanned
	CodeView         = counter.CodeView
	NewCertificate   = counter.NewCertificate
	TrialOutcome     = counter.TrialOutcome
	TrialOutcomeLine = counter.TrialOutcomeLine
	PromotionView    = counter.PromotionView
	Rung             = counter.Rung
	TrialCheque      = counter.TrialCheque
	TrialLine        = counter.TrialLine

	FindSale       = returns.FindSale
	ReturnLineView = returns.ReturnLineView
	ReturnView     = returns.ReturnView

	BadRow       = lists.BadRow
	Beginning    = lists.Beginning
	DemoEmployee = lists.DemoEmployee
	DemoShop     = lists.DemoShop
	Existing     = lists.Existing
	Export       = lists.Export
	Exported     = lists.Exported
	Import       = lists.Import
	ImportReport = lists.ImportReport
	RefusedRow   = lists.RefusedRow

	Counts = reports.Counts
	Today  = reports.Today
	Owed   = reports.Owed

	KeptSettings  = upkeep.KeptSettings
	Problem       = upkeep.Problem
	RestorePlan   = upkeep.RestorePlan
	SalesAfter    = upkeep.SalesAfter
	KeysOf        = upkeep.KeysOf
	Shape         = upkeep.Shape
	Start         = upkeep.Start
	Vitals        = upkeep.Vitals
	ClockStanding = upkeep.ClockStanding
)

// Fixed values of the rooms, likewise.
var (
	ErrUnknown  = store.ErrUnknown
	AllExported = lists.AllExported
)

const (
	SendTimeout  = counter.SendTimeout
	EditedOffer  = counter.EditedOffer
	MostCoupons  = counter.MostCoupons
	MetaSettings = upkeep.MetaSettings
	MetaKeys     = desk.MetaKeys

	KeysBrought   = upkeep.KeysBrought
	KeysExchanged = upkeep.KeysExchanged

	MaxTileNumber    = shelf.MaxTileNumber
	MovedByCatalogue = shelf.MovedByCatalogue
	MovedByImport    = shelf.MovedByImport
	MovedByReturn    = shelf.MovedByReturn
	MovedBySale      = shelf.MovedBySale

	ExistingAll   = lists.ExistingAll
	ExistingPrice = lists.ExistingPrice
	ExistingSkip  = lists.ExistingSkip

	ExportedCustomers = lists.ExportedCustomers
	ExportedProducts  = lists.ExportedProducts
	ExportedSales     = lists.ExportedSales
)

// System is who acts when nobody is logged in because the command line does
// the work; the trail names it "system".
func System() pos.Actor { return desk.System() }

// WithApproval carries an approval into the operations of the context. Whatever
// needs its right takes it, once; several approvals may be carried.
func WithApproval(ctx context.Context, id pos.ApprovalID) context.Context {
	return desk.WithApproval(ctx, id)
}

// RefusedOf tells whether somebody else's approval would lift an error, and
// what would have to be approved.
func RefusedOf(err error) (Refused, bool) { return desk.RefusedOf(err) }

// ReasonFits tells what is wrong with a reason that has to be given, nil when it will
// do.
func ReasonFits(s string) error {
	_, err := desk.NeedReason(s)
	return err
}

// ShowCode is a challenge of a customer as an employee is shown it.
func ShowCode(ch *confirm.Challenge, customer string, a pos.Actor) CodeView {
	return counter.ShowCode(ch, customer, a)
}

// CertificateRoom is what one more gift certificate may pay of a cheque: what is
// due, without the certificates it sells.
func CertificateRoom(c *pos.Cheque, t pos.Totals) money.Amount { return counter.CertificateRoom(c, t) }

// FitsKeys reports whether data that holds such a mark (MetaKeys) was kept under
// the secret; what has no mark fits.
func FitsKeys(pepper []byte, mark string) bool { return desk.FitsKeys(pepper, mark) }

// Unstaffed reports that nobody has a PIN and that the till left it so.
func Unstaffed(tx Tx) (bool, error) { return staff.Unstaffed(tx) }

// GapError refuses to trade while something is missing of the history: CodeConflict
// "history.behind" or "history.forked".
func GapError(g *history.Gap) error { return desk.GapError(g) }

// Words are the words of a text in lower case: runs of letters and digits of two
// signs or more.
func Words(text string) []string { return upkeep.Words(text) }
