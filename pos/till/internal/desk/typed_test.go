package desk

// This test puts the number of a payment card into every text of everything that
// can be stored.

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"kassa/pos"
	"kassa/pos/offers"
	"kassa/pos/till/store"
)

// shelf is a store that has one customer at most and keeps nothing: whatever
// reaches it otherwise panics.
type shelf struct {
	store.Tx
	has *pos.Customer
}

var none = pos.E(pos.CodeNotFound, "none", nil)

func (x shelf) Customer(pos.CustomerID) (*pos.Customer, error) {
	if x.has == nil {
		return nil, none
	}
	return x.has, nil
}
func (shelf) PutCustomer(*pos.Customer) error                               { return nil }
func (shelf) CustomerGroup(pos.CustomerGroupID) (*pos.CustomerGroup, error) { return nil, none }
func (shelf) Product(pos.ProductID) (*pos.Product, error)                   { return nil, none }
func (shelf) Categories() ([]pos.Category, error)                           { return nil, nil }
func (shelf) Cheque(pos.SaleID) (*pos.Cheque, error)                        { return nil, none }
func (shelf) Promotion(pos.OfferID) (*offers.Promotion, error)              { return nil, none }
func (shelf) Employee(pos.EmployeeID) (*pos.Employee, error)                { return nil, none }
func (shelf) Group(pos.GroupID) (*pos.Group, error)                         { return nil, none }
func (shelf) ReturnDraft() (*pos.ReturnDraft, error)                        { return nil, none }
func (shelf) StockDoc(pos.StockDocID) (*pos.StockDoc, error)                { return nil, none }

// byTheTill are put by the till itself, made from what was typed and stored before, or
// by the backend, which takes no cards either; the texts of the last two are checked
// where they are made.
var byTheTill = []string{
	"PutSale", "PutPrint", "PutChallenge", "PutSend", "PutMeta", "PutLot", "PutLotMoves", "PutDebt", "PutRepayment", "PutMerge", "PutErasure",
	"PutConsent", "PutCoupon", "PutShift", "PutLoginGuard", "PutTender", "PutPriceChange", "PutStockLine", "PutOutboxAside", "PutSeals",
	"PutAwaited", "PutMirrored",
	"AddFigures", "AddSettingsChange",
}

// people write these.
var writtenFields = []string{"Name", "Note", "Reason", "Supplier", "Invoice", "Category", "Email", "Unit"}

func TestCareful_TakesNoCards(t *testing.T) {
	tried := 0
	methods := reflect.TypeFor[store.Tx]()
	for m := range methods.Methods() {
		put := strings.HasPrefix(m.Name, "Put") || strings.HasPrefix(m.Name, "Add") || strings.HasPrefix(m.Name, "SetCertificate")
		if !put || slices.Contains(byTheTill, m.Name) {
			continue
		}
		tried++
		f := reflect.ValueOf(careful{shelf{}}).MethodByName(m.Name)
		args := make([]reflect.Value, f.Type().NumIn())
		for i := range args {
			args[i] = reflect.New(f.Type().In(i)).Elem()
			write(args[i])
		}
		var err error
		assert.NotPanics(t, func() { err, _ = f.Call(args)[0].Interface().(error) }, "%s reaches the store", m.Name)
		var e *pos.Error
		if assert.ErrorAs(t, err, &e, m.Name) {
			assert.Equal(t, "text.card-number", e.ID, m.Name)
		}
	}
	assert.Greater(t, tried, 15)
}

// write puts a card into the texts of a value that people write.
func write(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		write(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		write(v.Index(0))
	case reflect.String:
		v.SetString("карта 5555 5555 5555 4444")
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			if f := v.Field(i); f.Kind() == reflect.Slice && name == "Lines" || f.Kind() == reflect.Struct && f.CanSet() && v.Type().Field(i).Anonymous || slices.Contains(writtenFields, name) {
				write(f)
			}
		}
	}
}

func TestCareful_LeavesWhatWasTypedBefore(t *testing.T) {
	const old = "карта 4111 1111 1111 1111"
	before := pos.Customer{ID: "c", Name: "Анна", Note: old}
	tx, c := careful{shelf{has: &before}}, before
	c.Archived = true
	require.NoError(t, tx.PutCustomer(&c), "nothing is held up by it")
	c.Name = "Анна 2200 0000 0000 0004"
	require.Error(t, tx.PutCustomer(&c))
	c.Name, c.Card = "Анна", "2200000000000004"
	require.Error(t, tx.PutCustomer(&c))
	c.Card = "6200000000000005"
	require.NoError(t, tx.PutCustomer(&c), "a card of the trade")
	assert.Equal(t, map[string]string{"reason": "карта •••• 1111"}, masked(map[string]string{"reason": old}))
}
