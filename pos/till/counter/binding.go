package counter

// This file tells what a code is bound to, and why it is not any more.

import (
	"kassa/pos/confirm"
)

// metaStore names the shop's id among several, once there is a server.
const metaStore = "store"

// bindingOf is the digest of everything the challenge stands for.
func (o *Op) bindingOf(ch *confirm.Challenge) (string, error) {
	store, err := o.Meta(metaStore)
	if err != nil {
		return "", err
	}
	epoch, err := o.Epoch()
	if err != nil {
		return "", err
	}
	return o.bindingIn(ch, store, epoch), nil
}

func (o *Op) bindingIn(ch *confirm.Challenge, store string, epoch int64) string {
	b := confirm.Binding{
		Shop: o.Settings.Shop, Store: store, Till: o.Settings.Till, Epoch: epoch,
		Sale: ch.Sale, Operation: ch.Operation, Customer: ch.Customer, Phone: ch.Phone,
		Currency: o.Settings.Currency, Amount: ch.Amount, Total: ch.Total, Cashier: ch.Cashier, Challenge: ch.ID, NewPhone: ch.NewPhone,
	}
	return b.Digest()
}

// boundKeys are the settings a code is bound to.
var boundKeys = []string{"shop.name", "till.number", "shop.currency"}

// otherwise tells why a code is bound to something else though nothing of the
// cheque and the customer differs: the shop decided something anew, the data were
// restored, or somebody changed the stored code behind the till's back.
func (o *Op) otherwise(ch *confirm.Challenge, settings, tampered string) (string, error) {
	for _, key := range boundKeys {
		last, err := o.SettingsChanges(key, 1)
		if err != nil {
			return "", err
		}
		if len(last) > 0 && !last[0].At.Before(ch.CreatedAt) {
			return settings, nil
		}
	}
	store, err := o.Meta(metaStore)
	if err != nil {
		return "", err
	}
	epoch, err := o.Epoch()
	for e := epoch - 1; err == nil && e > 0; e-- {
		if o.bindingIn(ch, store, e) == ch.Digest {
			return settings, nil
		}
	}
	return tampered, err
}
