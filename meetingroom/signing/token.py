"""A signing token at this server (PKCS#11): one try with the PIN, never a second one of our own."""

from typing import Any

from asn1crypto import x509

from meetingroom.signing import sign


def sign_with_token(
    pdf: bytes, field: str, module: str, label: str, pin: str, look: sign.Look, chain: tuple[bytes, ...], now: int
) -> sign.Signed:
    """Raises sign.CannotSign."""
    try:
        import pkcs11
        from pyhanko.sign.pkcs11 import PKCS11Signer
    except ImportError:
        raise sign.CannotSign("no_token") from None
    token = find_token(module, label)
    try:
        session = token.open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise sign.CannotSign("pin_wrong", is_low(find_token(module, label))) from None
    except pkcs11.PinLocked:
        raise sign.CannotSign("pin_locked") from None
    except pkcs11.PKCS11Error:
        raise sign.CannotSign("token_failed") from None
    try:
        certificate, key = signing_pair(session)
        signer = PKCS11Signer(session, signing_cert=certificate, ca_chain=sign.chain_of(chain), key_id=key)
        return sign.sign(pdf, field, signer, look, now)
    except pkcs11.PKCS11Error:
        raise sign.CannotSign("token_failed") from None
    finally:
        session.close()


def find_token(module: str, label: str) -> Any:
    """The one token, or the one with this label."""
    import pkcs11

    try:
        tokens = pkcs11.lib(module)
        listed = tokens.get_tokens(token_label=label) if label else tokens.get_tokens()
        found = [each for each in listed if each.flags & pkcs11.TokenFlag.TOKEN_INITIALIZED]  # an empty slot is none
    except (pkcs11.PKCS11Error, RuntimeError, OSError):
        raise sign.CannotSign("no_token") from None
    if len(found) != 1:
        raise sign.CannotSign("no_token")
    return found[0]


def is_low(token: Any) -> bool:
    from pkcs11 import TokenFlag

    return bool(token.flags & (TokenFlag.USER_PIN_COUNT_LOW | TokenFlag.USER_PIN_FINAL_TRY | TokenFlag.USER_PIN_LOCKED))


def signing_pair(session: Any) -> tuple[x509.Certificate, bytes]:
    """The certificate of a person whose key is in the token."""
    from pkcs11 import Attribute, ObjectClass

    keys = {bytes(key[Attribute.ID]) for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    for each in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        certificate = x509.Certificate.load(each[Attribute.VALUE])
        if not certificate.ca and bytes(each[Attribute.ID]) in keys:
            return certificate, bytes(each[Attribute.ID])
    raise sign.CannotSign("no_key")
