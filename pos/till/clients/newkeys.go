package clients

import (
	"kassa/pos"
	"kassa/pos/confirm"
)

// keysReason says why a code is void after the secret behind it was exchanged.
const keysReason = "code.revoked-keys"

// freshKeys voids every code that is not over: none of them would be right under
// another secret. Points and credit they were for leave their cheques.
func (o *Op) freshKeys() error {
	cheques, err := o.ParkedCheques()
	if err != nil {
		return err
	}
	if open, err := o.OpenCheque(); err == nil {
		cheques = append(cheques, *open)
	} else if pos.CodeOf(err) != pos.CodeNotFound {
		return err
	}
	for i := range cheques {
		c := &cheques[i]
		had := len(c.Tenders)
		if err := o.RevokeAll(c, keysReason); err != nil {
			return err
		}
		if len(c.Tenders) == had {
			continue
		}
		c.Rev++
		if err := o.PutChequeHead(c); err != nil {
			return err
		}
	}
	var rest []*confirm.Challenge
	err = o.EachChallenge(func(ch *confirm.Challenge) error {
		if !ch.Ended() {
			kept := *ch
			rest = append(rest, &kept)
		}
		return nil
	})
	for _, ch := range rest {
		if err == nil {
			err = o.Revoke(ch, keysReason)
		}
	}
	return err
}
