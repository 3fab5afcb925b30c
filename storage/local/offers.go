package local

import (
	"database/sql"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"kassa/pos"
	"kassa/pos/ledger"
	"kassa/pos/money"
	"kassa/pos/offers"
)

// How certificates, promotions and coupons are kept.
const (
	certColumns = `c.number, c.amount, c.sale, c.issued_at, c.issued_by, c.expires, c.note, c.state, c.reason, c.seal`
	// What is left: the account holds it as what the shop owes, below zero.
	certLeft    = `coalesce(-(SELECT amount FROM balances WHERE account = '` + ledger.CertificatePrefix + `' || c.number AND currency = ?), 0)`
	sqlCert     = `SELECT ` + certColumns + `, ` + certLeft + ` FROM certificates c WHERE c.number = ?`
	sqlCerts    = `SELECT ` + certColumns + `, ` + certLeft + ` FROM certificates c WHERE instr(c.number, ?) > 0 OR ? = '' ORDER BY c.n DESC LIMIT ?`
	sqlEachCert = `SELECT ` + certColumns + ` FROM certificates c ORDER BY c.n`
	sqlPutCert  = `INSERT INTO certificates (number, amount, sale, issued_at, issued_by, expires, note, state, reason, seal) VALUES (?,?,?,?,?,?,?,?,?,?)`
	sqlSetCert  = `UPDATE certificates SET state = ?, reason = ?, seal = ? WHERE number = ?`
	sqlOneCert  = `SELECT ` + certColumns + ` FROM certificates c WHERE c.number = ?`
	// The bounds of the account let the small index of certificates serve.
	sqlCertMoves = `SELECT e.at, e.kind, e.doc, coalesce((SELECT number FROM sales WHERE id = e.doc), 0), -p.amount
		FROM postings p JOIN entries e ON e.n = p.entry
		WHERE p.account = ? AND p.account >= 'certificate:' AND p.account < 'certificate;' ORDER BY p.entry DESC LIMIT ?`

	promoColumns = `id, name, priority, active, archived, rule, seal`
	promoOrder   = ` ORDER BY archived, priority DESC, id`
	sqlPromo     = `SELECT ` + promoColumns + ` FROM promotions WHERE id = ?`
	sqlPromos    = `SELECT ` + promoColumns + ` FROM promotions` + promoOrder
	sqlOnPromos  = `SELECT ` + promoColumns + ` FROM promotions WHERE active = 1 AND archived = 0` + promoOrder
	sqlPutPromo  = `INSERT INTO promotions (` + promoColumns + `) VALUES (?,?,?,?,?,?,?) ON CONFLICT (id) DO UPDATE SET
		name = excluded.name, priority = excluded.priority, active = excluded.active, archived = excluded.archived, rule = excluded.rule,
		seal = excluded.seal`

	couponColumns   = `number, promotion, made_at, expires, sale, used_at, seal`
	sqlCoupon       = `SELECT ` + couponColumns + ` FROM coupons WHERE number = ?`
	sqlCoupons      = `SELECT ` + couponColumns + ` FROM coupons WHERE promotion = ? ORDER BY n DESC LIMIT ?`
	sqlEachCoupon   = `SELECT ` + couponColumns + ` FROM coupons ORDER BY n`
	sqlCouponCounts = `SELECT promotion, count(*), count(*) FILTER (WHERE sale <> '') FROM coupons GROUP BY promotion`
	sqlPutCoupon    = `INSERT INTO coupons (` + couponColumns + `) VALUES (?,?,?,?,?,?,?)`
	sqlUseCoupon    = `UPDATE coupons SET sale = ?, used_at = ? WHERE number = ? AND sale = ''`
)

// given is one pos.Given as a line keeps it.
type given struct {
	Offer pos.OfferID  `json:"o"`
	Name  string       `json:"n"`
	Sum   money.Amount `json:"s"`
}

func offersText(all []pos.Given) string {
	if len(all) == 0 {
		return ""
	}
	out := make([]given, len(all))
	for i, g := range all {
		out[i] = given(g)
	}
	b, err := json.Marshal(out)
	if err != nil {
		panic(err) // texts and numbers alone
	}
	return string(b)
}

func offersOf(text string) ([]pos.Given, error) {
	if text == "" {
		return nil, nil
	}
	var in []given
	if err := json.Unmarshal([]byte(text), &in); err != nil {
		return nil, pos.Wrap(pos.CodeInternal, "storage.corrupt", err)
	}
	out := make([]pos.Given, len(in))
	for i, g := range in {
		out[i] = pos.Given(g)
	}
	return out, nil
}

// Coupon numbers hold no spaces (pos.CheckBarcode).
func couponsText(numbers []string) string { return strings.Join(numbers, " ") }

func couponsOf(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, " ")
}

func certDest(c *pos.Certificate, mark *[]byte) []any {
	return []any{&c.Number, &c.Amount, &c.Sale, at(&c.IssuedAt), &c.IssuedBy, at(&c.Expires), &c.Note, &c.State, &c.Reason, mark}
}

// certSealed is what a certificate's seal covers: whether and until when it can
// be spent. What is left on it is proved by the journal.
func certSealed(c *pos.Certificate) []any {
	return []any{int64(c.Amount), string(c.Sale), ms(c.IssuedAt), string(c.IssuedBy), ms(c.Expires), string(c.State), c.Reason}
}

func (x *tx) readCert(c *pos.Certificate, mark []byte) {
	c.Seal = x.read(mark, pos.SealCertificate, c.Number, certSealed(c)...)
}

func (x *tx) Certificate(number string, c money.Currency) (*pos.CertificateBalance, error) {
	b := &pos.CertificateBalance{}
	var mark []byte
	ok, err := x.Row(sqlCert, []any{string(c), number}, append(certDest(&b.Certificate, &mark), &b.Left)...)
	if err := found(ok, err, "certificate.unknown"); err != nil {
		return nil, err
	}
	x.readCert(&b.Certificate, mark)
	return b, nil
}

func (x *tx) Certificates(text string, c money.Currency, limit int) (out []pos.CertificateBalance, err error) {
	err = x.Each(sqlCerts, []any{string(c), text, text, limit}, func(r *sql.Rows) error {
		var b pos.CertificateBalance
		var mark []byte
		err := r.Scan(append(certDest(&b.Certificate, &mark), &b.Left)...)
		x.readCert(&b.Certificate, mark)
		out = append(out, b)
		return err
	})
	return out, err
}

func (x *tx) CertificateMoves(number string, limit int) (out []pos.CertificateMove, err error) {
	err = x.Each(sqlCertMoves, []any{string(ledger.CertificateOf(number)), limit}, func(r *sql.Rows) error {
		var m pos.CertificateMove
		err := r.Scan(at(&m.At), &m.Kind, &m.Doc, &m.Number, &m.Amount)
		out = append(out, m)
		return err
	})
	return out, err
}

func (x *tx) PutCertificate(c *pos.Certificate) error {
	mark, err := x.reseal(nil, pos.SealCertificate, c.Number, certSealed(c)...)
	if err != nil {
		return err
	}
	_, err = x.Exec(sqlPutCert, c.Number, int64(c.Amount), string(c.Sale), ms(c.IssuedAt), string(c.IssuedBy), ms(c.Expires), c.Note, string(c.State),
		c.Reason, mark)
	if pos.CodeOf(err) == pos.CodeConflict {
		return &pos.Error{Code: pos.CodeConflict, ID: "certificate.number-taken", Args: pos.Args{"Number": c.Number}, Err: err}
	}
	return err
}

func (x *tx) SetCertificateState(number string, s pos.CertificateState, reason string) error {
	c := &pos.Certificate{}
	var mark []byte
	ok, err := x.Row(sqlOneCert, []any{number}, certDest(c, &mark)...)
	if err := found(ok, err, "certificate.unknown"); err != nil {
		return err
	}
	x.readCert(c, mark)
	if err := c.Seal.Guard(pos.SealCertificate, number); err != nil {
		return err
	}
	c.State, c.Reason = s, reason
	if mark, err = x.reseal(mark, pos.SealCertificate, number, certSealed(c)...); err != nil {
		return err
	}
	_, err = x.Exec(sqlSetCert, string(s), reason, mark, number)
	return err
}

func (x *tx) EachCertificate(fn func(*pos.Certificate) error) error {
	return x.Each(sqlEachCert, nil, func(r *sql.Rows) error {
		c := &pos.Certificate{}
		var mark []byte
		if err := r.Scan(certDest(c, &mark)...); err != nil {
			return err
		}
		x.readCert(c, mark)
		return fn(c)
	})
}

// promoRow is a promotion with its rule as it is kept.
type promoRow struct {
	offers.Promotion
	rule string
	mark []byte
}

func (p *promoRow) dest() []any {
	return []any{&p.ID, &p.Name, &p.Priority, &p.On, &p.Archived, &p.rule, &p.mark}
}

// promoSealed is what a promotion's seal covers: all of it.
func promoSealed(p *offers.Promotion, rule string) []any {
	return []any{p.Name, int64(p.Priority), bit(p.On), bit(p.Archived), rule}
}

func (p *promoRow) unpack(x *tx) error {
	p.Seal = x.read(p.mark, pos.SealPromotion, string(p.ID), promoSealed(&p.Promotion, p.rule)...)
	if err := json.Unmarshal([]byte(p.rule), &p.Rule); err != nil {
		return pos.Wrap(pos.CodeInternal, "storage.corrupt", err)
	}
	return nil
}

func (x *tx) Promotion(id pos.OfferID) (*offers.Promotion, error) {
	p := &promoRow{}
	ok, err := x.Row(sqlPromo, []any{string(id)}, p.dest()...)
	if err := found(ok, err, "offers.unknown"); err != nil {
		return nil, err
	}
	return &p.Promotion, p.unpack(x)
}

func (x *tx) promotions(text string) (out []offers.Promotion, err error) {
	err = x.Each(text, nil, func(r *sql.Rows) error {
		p := &promoRow{}
		if err := r.Scan(p.dest()...); err != nil {
			return err
		}
		err := p.unpack(x)
		out = append(out, p.Promotion)
		return err
	})
	return out, err
}

func (x *tx) Promotions() ([]offers.Promotion, error) { return x.promotions(sqlPromos) }

// ActivePromotions are asked for with every change of a cheque, and are mostly
// none.
func (x *tx) ActivePromotions() ([]offers.Promotion, error) {
	if x.kept.offers == nil {
		all, err := x.promotions(sqlOnPromos)
		if err != nil {
			return nil, err
		}
		x.kept.offers = &all
	}
	return slices.Clone(*x.kept.offers), nil
}

func (x *tx) PutPromotion(p *offers.Promotion) error {
	x.kept.offers = nil
	rule, err := json.Marshal(p.Rule)
	if err != nil {
		return err
	}
	mark, err := x.standing(pos.SealPromotion, string(p.ID))
	if err != nil {
		return err
	}
	if mark, err = x.reseal(mark, pos.SealPromotion, string(p.ID), promoSealed(p, string(rule))...); err != nil {
		return err
	}
	_, err = x.Exec(sqlPutPromo, string(p.ID), p.Name, p.Priority, bit(p.On), bit(p.Archived), string(rule), mark)
	return err
}

func couponDest(c *pos.Coupon, mark *[]byte) []any {
	return []any{&c.Number, &c.Offer, at(&c.MadeAt), at(&c.Expires), &c.Sale, at(&c.UsedAt), mark}
}

// couponSealed is what a coupon's seal covers: what it is good for, and until
// when. That it was used is proved by the sale.
func couponSealed(c *pos.Coupon) []any {
	return []any{string(c.Offer), ms(c.MadeAt), ms(c.Expires)}
}

func (x *tx) readCoupon(c *pos.Coupon, mark []byte) {
	c.Seal = x.read(mark, pos.SealCoupon, c.Number, couponSealed(c)...)
}

func (x *tx) Coupon(number string) (*pos.Coupon, error) {
	c := &pos.Coupon{}
	var mark []byte
	ok, err := x.Row(sqlCoupon, []any{number}, couponDest(c, &mark)...)
	if err := found(ok, err, "coupon.unknown"); err != nil {
		return nil, err
	}
	x.readCoupon(c, mark)
	return c, nil
}

func (x *tx) eachCoupon(text string, args []any, fn func(*pos.Coupon) error) error {
	return x.Each(text, args, func(r *sql.Rows) error {
		c := &pos.Coupon{}
		var mark []byte
		if err := r.Scan(couponDest(c, &mark)...); err != nil {
			return err
		}
		x.readCoupon(c, mark)
		return fn(c)
	})
}

func (x *tx) Coupons(id pos.OfferID, limit int) (out []pos.Coupon, err error) {
	err = x.eachCoupon(sqlCoupons, []any{string(id), limit}, func(c *pos.Coupon) error {
		out = append(out, *c)
		return nil
	})
	return out, err
}

func (x *tx) EachCoupon(fn func(*pos.Coupon) error) error {
	return x.eachCoupon(sqlEachCoupon, nil, fn)
}

func (x *tx) CouponCounts() (map[pos.OfferID]pos.CouponCount, error) {
	out := map[pos.OfferID]pos.CouponCount{}
	err := x.Each(sqlCouponCounts, nil, func(r *sql.Rows) error {
		var id pos.OfferID
		var n pos.CouponCount
		err := r.Scan(&id, &n.Made, &n.Used)
		out[id] = n
		return err
	})
	return out, err
}

func (x *tx) PutCoupon(c *pos.Coupon) error {
	mark, err := x.reseal(nil, pos.SealCoupon, c.Number, couponSealed(c)...)
	if err != nil {
		return err
	}
	_, err = x.Exec(sqlPutCoupon, c.Number, string(c.Offer), ms(c.MadeAt), ms(c.Expires), string(c.Sale), ms(c.UsedAt), mark)
	if pos.CodeOf(err) == pos.CodeConflict {
		return &pos.Error{Code: pos.CodeConflict, ID: "coupon.number-taken", Args: pos.Args{"Number": c.Number}, Err: err}
	}
	return err
}

func (x *tx) UseCoupon(number string, sale pos.SaleID, at time.Time) (bool, error) {
	n, err := x.Exec(sqlUseCoupon, string(sale), ms(at), number)
	return n == 1, err
}
