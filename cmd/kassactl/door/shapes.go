package door

import (
	"strconv"
	"time"

	"kassa/pos"
	"kassa/pos/confirm"
	"kassa/pos/integration"
	"kassa/pos/phone"
	"kassa/pos/till"
)

// Timestamp is a time as it is told: RFC 3339 in UTC with milliseconds.
type Timestamp time.Time

// MarshalText writes the time.
func (t Timestamp) MarshalText() ([]byte, error) {
	return []byte(time.Time(t).UTC().Format("2006-01-02T15:04:05.000Z07:00")), nil
}

// Stamp is nil, told as null, for the zero time.
func Stamp(t time.Time) *Timestamp {
	if t.IsZero() {
		return nil
	}
	s := Timestamp(t)
	return &s
}

func when(v any) (time.Time, bool) {
	t, ok := v.(time.Time)
	return t, ok && !t.IsZero()
}

// Count writes a number of points, which are amounts of their own currency.
func Count(n int64) string { return strconv.FormatInt(n, 10) }

type employeeJSON struct {
	ID    pos.EmployeeID `json:"id"`
	Name  string         `json:"name"`
	Group pos.GroupID    `json:"group"`
}

type loginJSON struct {
	Employee employeeJSON `json:"employee"`
	Rights   []pos.Right  `json:"rights"`
	Shift    *shiftJSON   `json:"shift"` // the open one, or null
	Start    *startJSON   `json:"start"`
	// Notices tell of settings nobody knows, and of codes, locks and messages that
	// the environment switches off.
	Notices []string `json:"notices,omitempty"`
}

// startJSON is how the till stood when the process began. Whoever lost the
// answer to sale.finish with the process before finds that sale here.
type startJSON struct {
	Orderly    bool          `json:"orderly"` // the process before ended in order
	LastSale   *lastSaleJSON `json:"last_sale"`
	OpenCheque bool          `json:"open_cheque"`
	StaleShift bool          `json:"stale_shift"` // the open shift is of an earlier day
	Problems   []string      `json:"problems"`    // of the quick self-check
}

type lastSaleJSON struct {
	ID     pos.SaleID `json:"id"`
	Number int64      `json:"number"`
	Total  string     `json:"total"`
	At     *Timestamp `json:"at"`
}

func (s *Session) newStart(b *till.Start) *startJSON {
	out := &startJSON{Orderly: b.Orderly, OpenCheque: b.OpenCheque, StaleShift: b.StaleShift,
		Problems: make([]string, 0, len(b.Problems))}
	if l := b.LastSale; l != nil {
		out.LastSale = &lastSaleJSON{ID: l.ID, Number: l.Number, Total: l.Total.String(), At: Stamp(l.At)}
	}
	for _, p := range b.Problems {
		out.Problems = append(out.Problems, p.Invariant+": "+s.Words.T(p.ID, p.Args))
	}
	return out
}

type productJSON struct {
	ID       pos.ProductID `json:"id"`
	SKU      string        `json:"sku"`
	Name     string        `json:"name"`
	Unit     string        `json:"unit"`
	Price    string        `json:"price"`
	Barcodes []string      `json:"barcodes"`
	Stock    string        `json:"stock"`
}

func newProduct(p *pos.Product) productJSON {
	codes := p.Barcodes
	if codes == nil {
		codes = []string{}
	}
	return productJSON{ID: p.ID, SKU: p.SKU, Name: p.Name, Unit: p.Unit, Price: p.Price.String(), Barcodes: codes,
		Stock: p.Stock.String()}
}

// customerJSON is a customer as a cheque shows one: the phone is masked.
type customerJSON struct {
	ID     pos.CustomerID `json:"id"`
	Name   string         `json:"name"`
	Phone  string         `json:"phone"`
	Points string         `json:"points"`
	Debt   string         `json:"debt"`
	Limit  string         `json:"limit"`
	Room   string         `json:"room"`
}

func newCustomer(c *pos.CustomerState) *customerJSON {
	return &customerJSON{ID: c.ID, Name: c.Name, Phone: masked(c.Phone), Points: Count(c.Points), Debt: c.Debt.String(),
		Limit: c.Limit.String(), Room: c.Room.String()}
}

func masked(e164 string) string {
	if e164 == "" {
		return ""
	}
	return phone.Mask(e164)
}

// cardJSON is a customer as somebody with the right to see one is told: the
// phone is whole.
type cardJSON struct {
	customerJSON
	Card       string     `json:"card"`
	Email      string     `json:"email"`
	Language   string     `json:"language"`
	Group      string     `json:"group"`
	GroupID    string     `json:"group_id"`
	Birthday   string     `json:"birthday"`
	Note       string     `json:"note"`
	Archived   bool       `json:"archived"`
	Erased     bool       `json:"anonymous"`
	HeldUntil  *Timestamp `json:"phone_held_until"`
	PointsSoon string     `json:"points_soon"`
	Overdue    string     `json:"overdue"`
	Confirmed  bool       `json:"phone_confirmed"`
	CreatedAt  *Timestamp `json:"created_at"`
}

func newCard(c *pos.CustomerState) *cardJSON {
	out := &cardJSON{customerJSON: *newCustomer(c), Card: c.Card, Email: c.Email, Language: c.Language, Group: c.GroupName, GroupID: string(c.Group),
		Birthday: c.Birthday, Note: c.Note, Archived: c.Archived, Erased: !c.ErasedAt.IsZero(), HeldUntil: Stamp(c.PhoneHeldUntil),
		PointsSoon: Count(c.PointsSoon), Overdue: c.Overdue.String(), Confirmed: c.PhoneConfirmed, CreatedAt: Stamp(c.CreatedAt)}
	out.Phone = c.Phone
	return out
}

type fullCardJSON struct {
	*cardJSON
	Lots    []lotJSON     `json:"lots"`
	Debts   []debtJSON    `json:"debts"`
	History []historyJSON `json:"history"`
}

type lotJSON struct {
	ID         pos.LotID  `json:"id"`
	Sale       pos.SaleID `json:"sale"`
	Points     string     `json:"points"`
	Left       string     `json:"left"`
	ActiveFrom *Timestamp `json:"active_from"`
	Expires    *Timestamp `json:"expires"` // null: never
}

type debtJSON struct {
	ID     pos.DebtID `json:"id"`
	Sale   pos.SaleID `json:"sale"`
	Number int64      `json:"number"`
	Amount string     `json:"amount"`
	Left   string     `json:"left"`
	At     *Timestamp `json:"at"`
	Due    *Timestamp `json:"due"`
}

type historyJSON struct {
	Kind         pos.HistoryKind `json:"kind"`
	At           *Timestamp      `json:"at"`
	Sale         pos.SaleID      `json:"sale"`
	Number       int64           `json:"number"`
	Amount       string          `json:"amount"`
	PointsSpent  string          `json:"points_spent"`
	PointsEarned string          `json:"points_earned"`
	DebtAdded    string          `json:"debt_added"`
}

func newFullCard(v *till.CardView) fullCardJSON {
	out := fullCardJSON{
		cardJSON: newCard(&v.CustomerState),
		Lots:     make([]lotJSON, 0, len(v.Lots)), Debts: make([]debtJSON, 0, len(v.Debts)),
		History: make([]historyJSON, 0, len(v.History)),
	}
	for _, l := range v.Lots {
		out.Lots = append(out.Lots, lotJSON{ID: l.ID, Sale: l.Sale, Points: Count(l.Points), Left: Count(l.Left),
			ActiveFrom: Stamp(l.ActiveFrom), Expires: Stamp(l.Expires)})
	}
	for _, d := range v.Debts {
		out.Debts = append(out.Debts, debtJSON{ID: d.ID, Sale: d.Sale, Number: d.Number, Amount: d.Amount.String(),
			Left: d.Left.String(), At: Stamp(d.At), Due: Stamp(d.Due)})
	}
	for _, h := range v.History {
		out.History = append(out.History, historyJSON{Kind: h.Kind, At: Stamp(h.At), Sale: h.Sale, Number: h.Number,
			Amount: h.Amount.String(), PointsSpent: Count(h.PointsSpent), PointsEarned: Count(h.PointsEarned),
			DebtAdded: h.DebtAdded.String()})
	}
	return out
}

// challengeJSON is a customer's code as it is told; the code is in none of it.
type challengeJSON struct {
	ID           pos.ChallengeID   `json:"id"`
	State        confirm.State     `json:"state"`
	Operation    confirm.Operation `json:"operation"`
	Amount       string            `json:"amount"`
	Channel      string            `json:"channel"`
	Phone        string            `json:"phone"` // masked
	AttemptsLeft int               `json:"attempts_left"`
	Sends        int               `json:"sends"`
	ExpiresAt    *Timestamp        `json:"expires_at"`
	ResendAt     *Timestamp        `json:"resend_at"` // null: no further message
	SkipAt       *Timestamp        `json:"skip_at"`   // from then on going on without the code is offered
	Skipped      bool              `json:"skipped"`
	Message      string            `json:"message"` // why it failed or ended, "" when all is well
}

func (s *Session) newChallenge(c *till.CodeView) *challengeJSON {
	out := &challengeJSON{
		ID: c.ID, State: c.State, Operation: c.Operation, Amount: c.Amount.String(), Channel: string(integration.BySMS),
		Phone: c.Phone, AttemptsLeft: c.AttemptsLeft, Sends: c.Sends, ExpiresAt: Stamp(c.ExpiresAt), ResendAt: Stamp(c.ResendAt),
		SkipAt: Stamp(c.SkipAt), Skipped: c.Skipped,
	}
	if n := len(c.Rungs); n > 0 && c.Rungs[n-1].By != "" {
		out.Channel = string(c.Rungs[n-1].By)
	}
	if c.ReasonID != "" {
		out.Message = s.Words.T(c.ReasonID, c.ReasonArgs)
	}
	return out
}
