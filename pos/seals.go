package pos

// SealKind names a kind of record that guards money and therefore carries a
// seal. The words are permanent: seals are made over them.
type SealKind string

// The kinds of sealed records.
const (
	SealCustomer      SealKind = "customer"
	SealCustomerGroup SealKind = "customer-group"
	SealEmployee      SealKind = "employee"
	SealGroup         SealKind = "group"
	SealProduct       SealKind = "product"
	SealPromotion     SealKind = "promotion"
	SealCoupon        SealKind = "coupon"
	SealCertificate   SealKind = "certificate"
	SealApproval      SealKind = "approval"
	SealCode          SealKind = "code"
	SealSettings      SealKind = "settings"
)

// Seal tells how a record's seal was found when the record was read. The zero
// value is a whole one, which is also that of a record just made.
type Seal uint8

// How a seal is found.
const (
	SealWhole   Seal = iota
	SealBroken       // the record says something else than it was sealed with
	SealMissing      // it carries no seal, as nothing the till wrote does
)

// Guard refuses what a record would allow whose seal is not whole: CodeConflict
// with Args "Name", which says how to look at it and to seal it anew.
func (s Seal) Guard(kind SealKind, name string) error {
	if s == SealWhole {
		return nil
	}
	return E(CodeConflict, "seal.broken-"+string(kind), Args{"Name": kind.Called(name)})
}

// Called is the name of a record for a sentence: a group every shop begins with
// is called by its words.
func (k SealKind) Called(name string) any {
	if k == SealGroup {
		return GroupID(name)
	}
	return name
}

// SealKinds are all kinds, in the order in which they are told.
var SealKinds = []SealKind{SealCustomer, SealCustomerGroup, SealEmployee, SealGroup, SealProduct, SealPromotion, SealCoupon, SealCertificate,
	SealApproval, SealCode, SealSettings}
