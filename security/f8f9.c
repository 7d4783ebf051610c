/* SPDX-License-Identifier: BSD-2-Clause */
/* f8f9.c: f8 and f9 of TS 33.102 with UEA0, UEA1, UEA2, UIA1, UIA2. */
#include <string.h>

#include <iuplus/security.h>

#include "security/kasumi.h"
#include "security/octets.h"
#include "security/snow3g.h"

/* KM of TS 35.201 3.2 (f8) and 4.2 (f9), one octet of it. */
#define KM_F8 0x55
#define KM_F9 0xaa

int iuplus_security_cipher_init(struct iuplus_security_cipher *cipher, unsigned uea,
				const uint8_t ck[IUPLUS_SECURITY_KEY_LEN])
{
	memset(cipher, 0, sizeof *cipher);
	cipher->uea = uea;
	switch (uea) {
	case 0:
		return IUPLUS_OK;
	case 1:
		kasumi_schedule(ck, cipher->key.kasumi[0]);
		kasumi_schedule_modified(ck, KM_F8, cipher->key.kasumi[1]);
		return IUPLUS_OK;
	case 2:
		snow3g_key(ck, cipher->key.snow3g);
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
}

static void copy(const uint8_t *in, uint8_t *out, uint64_t bits)
{
	size_t len = (size_t)((bits + 7) / 8);

	if (!len)
		return;
	if (in != out)
		memcpy(out, in, len);
	if (bits % 8)
		out[len - 1] &= (uint8_t)(0xff << (8 - bits % 8));
}

int iuplus_security_cipher_run(const struct iuplus_security_cipher *cipher, uint32_t count, unsigned bearer,
			       enum iuplus_security_direction direction, const uint8_t *in, uint8_t *out, uint64_t bits)
{
	if (bearer > 31 || (unsigned)direction > 1 || bits > UINT32_MAX)
		return IUPLUS_ERR_ARGUMENT;
	switch (cipher->uea) {
	case 0:
		copy(in, out, bits);
		return IUPLUS_OK;
	case 1:
		/* COUNT || BEARER || DIRECTION || 0 ... 0, TS 35.201 3.3 */
		kasumi_kgcore(cipher->key.kasumi,
			      (uint64_t)count << 32 | (uint64_t)bearer << 27 | (uint64_t)direction << 26, in, out,
			      bits);
		return IUPLUS_OK;
	case 2:
		snow3g_f8(cipher->key.snow3g, count, bearer, direction, in, out, bits);
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
}

int iuplus_security_f8(unsigned uea, const uint8_t ck[IUPLUS_SECURITY_KEY_LEN], uint32_t count, unsigned bearer,
		       enum iuplus_security_direction direction, const uint8_t *in, uint8_t *out, uint64_t bits)
{
	struct iuplus_security_cipher cipher;
	int rc = iuplus_security_cipher_init(&cipher, uea, ck);

	if (!rc)
		rc = iuplus_security_cipher_run(&cipher, count, bearer, direction, in, out, bits);
	iuplus_security_wipe(&cipher, sizeof cipher);
	return rc;
}

int iuplus_security_integrity_init(struct iuplus_security_integrity *integrity, unsigned uia,
				   const uint8_t ik[IUPLUS_SECURITY_KEY_LEN])
{
	memset(integrity, 0, sizeof *integrity);
	integrity->uia = uia;
	switch (uia) {
	case 1:
		kasumi_schedule(ik, integrity->key.kasumi[0]);
		kasumi_schedule_modified(ik, KM_F9, integrity->key.kasumi[1]);
		return IUPLUS_OK;
	case 2:
		snow3g_key(ik, integrity->key.snow3g);
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
}

int iuplus_security_integrity_mac(const struct iuplus_security_integrity *integrity, uint32_t count, uint32_t fresh,
				  enum iuplus_security_direction direction, const uint8_t *message, uint64_t bits,
				  uint8_t mac[IUPLUS_SECURITY_MAC_LEN])
{
	if ((unsigned)direction > 1 || bits > UINT32_MAX)
		return IUPLUS_ERR_ARGUMENT;
	switch (integrity->uia) {
	case 1:
		put32(mac, kasumi_f9(integrity->key.kasumi, count, fresh, direction, message, bits));
		return IUPLUS_OK;
	case 2:
		put32(mac, snow3g_f9(integrity->key.snow3g, count, fresh, direction, message, bits));
		return IUPLUS_OK;
	default:
		return IUPLUS_ERR_ARGUMENT;
	}
}

int iuplus_security_f9(unsigned uia, const uint8_t ik[IUPLUS_SECURITY_KEY_LEN], uint32_t count, uint32_t fresh,
		       enum iuplus_security_direction direction, const uint8_t *message, uint64_t bits,
		       uint8_t mac[IUPLUS_SECURITY_MAC_LEN])
{
	struct iuplus_security_integrity integrity;
	int rc = iuplus_security_integrity_init(&integrity, uia, ik);

	if (!rc)
		rc = iuplus_security_integrity_mac(&integrity, count, fresh, direction, message, bits, mac);
	iuplus_security_wipe(&integrity, sizeof integrity);
	return rc;
}

void iuplus_security_default_algorithms(struct iuplus_security_algorithms *algorithms)
{
	*algorithms = (struct iuplus_security_algorithms){
		.uia_count = 2,
		.uia = { 2, 1 },
		.uea_count = 3,
		.uea = { 2, 1, 0 }
	};
}
